// Asks the browser for a passkey when its button is pressed, and sends what it says with the form. Codes work without this.
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ask = (asked) => {
    asked.challenge = bytes(asked.challenge);
    for (const known of asked.excludeCredentials || asked.allowCredentials || []) known.id = bytes(known.id);
    if (!asked.user) return navigator.credentials.get({ publicKey: asked });
    asked.user.id = bytes(asked.user.id);
    return navigator.credentials.create({ publicKey: asked });
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.parentElement.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[role=alert]");
      failed.hidden = true;
      try {
        const made = await ask(JSON.parse(form.dataset.passkey).publicKey);
        const response = { userHandle: null };
        for (const name of ["attestationObject", "clientDataJSON", "authenticatorData", "signature", "userHandle"]) {
          if (made.response[name]) response[name] = text(made.response[name]);
        }
        form.elements.namedItem("passkey").value = JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
})();
