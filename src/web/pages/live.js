// The pages work without this. It shows times where the reader is, refreshes what changed and copies a link.
(() => {
  const localise = (root) => root.querySelectorAll("time[datetime]").forEach((time) => {
    const at = new Date(time.dateTime);
    const today = at.toDateString() === new Date().toDateString();
    time.title = time.textContent;
    time.textContent = at.toLocaleString(document.documentElement.lang, Object.assign({ hour: "2-digit", minute: "2-digit" }, today ? {} : { day: "numeric", month: "short" }));
  });
  const offer = (root) => navigator.clipboard && root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  let asking = false, again = false;
  const refresh = () => {
    // One at a time: what changes meanwhile is asked for once more, not many times.
    if (asking) { again = true; return; }
    asking = true;
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => {
      // The session is over: the page goes, unless something typed would go with it.
      if (request.status === 401 && ![...document.querySelectorAll("textarea")].some((area) => area.value)) location.reload();
      document.querySelectorAll("[data-live]").forEach((region) => {
        const fresh = request.status === 200 && request.response && request.response.getElementById(region.id);
        // What somebody is filling in is never taken from under their fingers.
        if (!fresh || region.contains(document.activeElement) || region.querySelector(":checked")) return;
        localise(fresh);
        offer(fresh);
        // What somebody has opened to read stays open.
        region.querySelectorAll("li[id] > details[open]").forEach((open) => {
          const same = fresh.querySelector("#" + CSS.escape(open.parentElement.id) + " > details");
          if (same) same.open = true;
        });
        // What is the same stays where it is, under the finger that is about to press it.
        if (fresh.isEqualNode(region)) return;
        region.replaceWith(document.adoptNode(fresh));
      });
    };
    request.onloadend = () => {
      asking = false;
      if (again) { again = false; refresh(); }
    };
    request.open("GET", location.pathname + location.search);
    request.setRequestHeader("X-Refresh", "1");
    request.send();
  };
  localise(document);
  const events = document.body.dataset.events;
  if (events && window.EventSource) {
    let source = null, seen = document.body.dataset.seen || "";
    const stop = () => { if (source) source.close(); source = null; };
    const listen = () => {
      if (source || document.hidden) return;
      // The mark of what is shown goes along, so a change is told once, whenever it happened.
      source = new EventSource(seen ? events + "?seen=" + encodeURIComponent(seen) : events);
      source.onmessage = (told) => { seen = told.lastEventId || seen; refresh(); };
      source.onerror = () => {
        // A break mends itself; a refusal does not.
        if (!source || source.readyState !== EventSource.CLOSED) return;
        stop();
        refresh();
        setTimeout(listen, 15000);
      };
    };
    document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
    addEventListener("pagehide", stop);
    addEventListener("pageshow", listen);
    listen();
  }
  document.addEventListener("click", (click) => {
    const copy = click.target.closest("[data-copy]");
    if (copy) {
      // Named by its id, or else the code beside the button.
      const source = copy.dataset.copy ? document.getElementById(copy.dataset.copy) : copy.parentElement.querySelector("code");
      navigator.clipboard.writeText(source.textContent).then(() => { if (copy.dataset.copied) copy.textContent = copy.dataset.copied; }, () => {});
    }
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
    // Nothing is to be seen from this moment on, however long the way takes; and what comes takes this page's place in the
    // history, so that going back does not show it.
    click.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    location.replace(leave.href);
  });
  offer(document);
})();
