// The report form works without this. It keeps what is being written on the server while it is clean of secrets, warns of
// what looks like one, and does the quiet proof of work when the page asks for it.
(() => {
  const form = document.getElementById("report");
  if (!form) return;
  const words = /(?:^|[^a-z])(?:[a-z]{3,8}[\s,.;:\d()-]+){11}[a-z]{3,8}(?![a-z])/i;
  const han = /(?:\p{Script=Han}[\s,，、]+){11}\p{Script=Han}/u;
  const keys = /\b[5KL][1-9A-HJ-NP-Za-km-z]{50,51}\b|\b[xyz]prv[1-9A-HJ-NP-Za-km-z]{40}|"crypto"\s*:/i;
  // May also be the hash of a transaction, so it is no reason to warn; only none to send it before it is meant.
  const perhaps = /(?:^|[^0-9a-f])(?:0x)?[0-9a-f]{64}(?![0-9a-f])|[1-9A-HJ-NP-Za-km-z]{80}/i;
  const typed = () => [...form.querySelectorAll("textarea, input:not([type])")].map((field) => field.value).join("\n");
  const warning = document.getElementById("looks");
  const note = document.getElementById("kept");
  // Unkept: changed since the draft was kept last. Edited: changed since the page came.
  let timer, unkept = false, edited = false, sent = false, leaving = false, keeping = null;
  // A draft on its way is let go of, so that it cannot arrive behind what is sent and be there again.
  const letGo = () => {
    clearTimeout(timer);
    if (keeping) keeping.abort();
    keeping = null;
  };
  const keep = () => {
    clearTimeout(timer);
    const text = typed();
    const secret = words.test(text) || han.test(text) || keys.test(text);
    if (warning) {
      warning.hidden = !secret;
      // What is hidden would be read out as well, so it belongs to the field only while it is shown.
      form.elements.text.setAttribute("aria-describedby", secret ? "text-hint looks" : "text-hint");
    }
    if (sent || leaving || !unkept || secret || perhaps.test(text) || !form.dataset.draft) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("quiet", "yes");
    unkept = false;
    if (keeping) keeping.abort();
    const mine = window.AbortController ? new AbortController() : null;
    keeping = mine;
    fetch(form.dataset.draft, { method: "POST", body, keepalive: true, signal: mine ? mine.signal : undefined }).then((answer) => {
      if (keeping === mine) keeping = null;
      if (!answer.ok) unkept = true;
      else if (note) note.hidden = false;
    }, () => { unkept = true; });
  };
  // It is kept by itself here.
  const button = form.querySelector(".keep");
  if (button) button.hidden = true;
  form.addEventListener("input", () => {
    unkept = edited = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 1200);
  });
  form.addEventListener("submit", (submit) => {
    sent = !submit.submitter || submit.submitter.name !== "keep";
    letGo();
  });
  // Whoever leaves quickly leaves nothing behind.
  document.addEventListener("click", (click) => {
    if (!click.target.closest("[data-leave]")) return;
    leaving = true;
    letGo();
  }, true);

  // The report waits for its proof, and then goes by itself.
  let waits = false;
  // Whoever goes away before the proof is done is in the slower lane rather than nowhere. The answer opens the case here,
  // unless they left quickly: then this browser learns nothing of it.
  const goOn = () => {
    if (!waits || sent) return;
    waits = false;
    sent = true;
    letGo();
    const body = new URLSearchParams(new FormData(form));
    body.set("script", "");
    body.delete("proof");
    const post = (keepalive) => fetch(form.action, { method: "POST", body, keepalive, credentials: leaving ? "omit" : "same-origin" });
    const answered = (answer) => {
      if (leaving) return;
      if (answer.ok) location.replace(answer.url);
      else unsent();
    };
    // What is too long to outlive the page is sent all the same.
    post(true).catch(() => post(false)).then(answered, unsent);
  };
  const show = (sending) => {
    document.querySelectorAll("[data-sending]").forEach((part) => { part.hidden = !sending; });
    document.querySelectorAll("[data-unsent], [data-notice=not-kept]").forEach((part) => { part.hidden = sending; });
  };
  const unsent = () => {
    waits = sent = false;
    unkept = true;
    show(false);
  };
  const away = () => {
    goOn();
    keep();
  };
  addEventListener("pagehide", away);
  document.addEventListener("visibilitychange", () => { if (document.hidden) away(); });

  if (!window.crypto || !crypto.subtle) return;
  form.elements.script.value = "yes";
  const challenge = form.elements.proof.dataset.challenge;
  if (!challenge) return;
  const bits = Number(challenge.split(".")[1]);
  const zeros = (hash) => {
    let count = 0;
    for (const byte of hash) {
      if (byte) return count + Math.clz32(byte) - 24;
      count += 8;
    }
    return count;
  };
  const solve = async () => {
    const encoder = new TextEncoder();
    for (let number = 0; ; number += 256) {
      const tries = Array.from({ length: 256 }, (_, more) => `${challenge}.${number + more}`);
      const hashes = await Promise.all(tries.map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))));
      const found = hashes.findIndex((hash) => zeros(new Uint8Array(hash)) >= bits);
      if (found >= 0) return tries[found];
    }
  };
  waits = form.dataset.resend !== undefined;
  if (waits) show(true);
  solve().then((proof) => {
    form.elements.proof.value = proof;
    // The report was asked for proof and is still as it was sent: it goes again by itself.
    if (!waits || edited || sent) return;
    waits = false;
    sent = true;
    letGo();
    form.submit();
  }, () => { if (waits) unsent(); });
})();
