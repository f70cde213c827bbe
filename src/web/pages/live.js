// The pages work without this. It shows times where the reader is, refreshes what changed and copies a link.
(() => {
  const localise = (root) => root.querySelectorAll("time[datetime]").forEach((time) => {
    const at = new Date(time.dateTime);
    const today = at.toDateString() === new Date().toDateString();
    time.title = time.textContent;
    time.textContent = at.toLocaleString(document.documentElement.lang, Object.assign({ hour: "2-digit", minute: "2-digit" }, today ? {} : { day: "numeric", month: "short" }));
  });
  const refresh = () => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => document.querySelectorAll("[data-live]").forEach((region) => {
      const fresh = request.status === 200 && request.response && request.response.getElementById(region.id);
      // What somebody is filling in is never taken from under their fingers.
      if (!fresh || region.contains(document.activeElement) || region.querySelector(":checked")) return;
      localise(fresh);
      region.replaceWith(document.adoptNode(fresh));
    });
    request.open("GET", location.pathname + location.search);
    request.send();
  };
  localise(document);
  const events = document.body.dataset.events;
  if (events && window.EventSource) {
    const source = new EventSource(events);
    // Opened, and opened again after a break: what changed meanwhile was told to nobody.
    source.onopen = source.onmessage = refresh;
  }
  document.addEventListener("click", (click) => {
    const copy = click.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
    // The wish is ticked where the form already is, so that nothing typed is lost.
    const tick = click.target.closest("[data-tick]");
    const box = tick && document.getElementById(tick.dataset.tick);
    if (box && box.type === "checkbox") {
      click.preventDefault();
      box.checked = true;
      box.focus();
    }
    const leave = click.target.closest("[data-leave]");
    if (!leave) return;
    // Takes this page's place in the history, so that going back does not show it.
    click.preventDefault();
    location.replace(leave.href);
  });
  if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
})();
