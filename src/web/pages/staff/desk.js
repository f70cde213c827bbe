// The console works without this. It gives single keys to what has an access key, lists every command, says what came
// without moving a row, and keeps words on the server while they are written.
(() => {
  const find = (css, root = document) => root.querySelector(css);
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && element.type !== "checkbox");
  const keys = find("#keys"), palette = find("#palette"), command = find("#command"), commands = find("#commands");
  const make = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  const name = (element) => {
    const label = element.labels && element.labels[0] || element;
    const text = [...label.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("");
    return (text.trim() || element.getAttribute("aria-label") || element.placeholder || "").trim();
  };
  const use = (element) => {
    if (typing(element)) { element.scrollIntoView({ block: "center" }); element.focus(); } else { element.click(); }
  };
  const seen = (element) => !element.disabled && element.getClientRects().length > 0;

  // Rows
  let at = -1;
  const rows = () => all("[data-row] .what a, .queue .what a");
  const move = (by) => {
    const links = rows();
    if (!links.length) return;
    const now = links.indexOf(document.activeElement);
    at = Math.max(0, Math.min(links.length - 1, (now < 0 ? at : now) + by));
    links[at].focus();
    links[at].scrollIntoView({ block: "nearest" });
  };
  const pick = () => {
    const row = document.activeElement && document.activeElement.closest("[data-row]");
    const box = row && find("input[type=checkbox]", row);
    if (box) box.checked = !box.checked;
  };

  // The sheet of keys
  const sheet = () => {
    const list = find("[data-keys]", keys);
    list.replaceChildren();
    all("[accesskey]").filter(seen).forEach((element) => {
      const key = document.createElement("dt");
      key.append(make("kbd", element.accessKey));
      list.append(key, make("dd", name(element)));
    });
    keys.showModal();
  };

  // The list of commands: whatever can be pressed here, by its words
  let offered = [], chosen = 0;
  const offer = () => {
    const words = command.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text) => words.every((word) => text.toLowerCase().includes(word));
    const things = all("[accesskey], main button, main a[href], header a[href], header button, main summary, .switches button")
      .filter((element) => !element.closest("dialog") && !element.hidden && (seen(element) || element.closest("details:not([open])")));
    const known = new Set();
    offered = things.map((element) => ({ element, text: name(element), key: element.accessKey }))
      .filter((one) => one.text && fits(one.text) && !known.has(one.text) && known.add(one.text))
      .sort((one, other) => Boolean(other.key) - Boolean(one.key)).slice(0, 40);
    chosen = 0;
    show();
  };
  const show = () => {
    commands.replaceChildren(...offered.map((one, place) => {
      const item = make("li", one.text);
      item.setAttribute("role", "option");
      item.id = "command-" + place;
      item.setAttribute("aria-selected", String(place === chosen));
      if (one.key) item.append(make("kbd", one.key));
      item.addEventListener("click", () => run(place));
      return item;
    }));
    command.setAttribute("aria-activedescendant", offered.length ? "command-" + chosen : "");
    find("#no-command").hidden = offered.length > 0;
    const now = find("[aria-selected=true]", commands);
    if (now) now.scrollIntoView({ block: "nearest" });
  };
  const run = (place) => {
    const one = offered[place];
    palette.close();
    if (!one) return;
    const folded = one.element.closest("details:not([open])");
    if (folded && one.element.tagName !== "SUMMARY") folded.open = true;
    use(one.element);
  };
  const open = () => {
    command.value = "";
    palette.showModal();
    offer();
    command.focus();
  };
  if (command) {
    command.addEventListener("input", offer);
    command.addEventListener("keydown", (press) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
      if (step) { press.preventDefault(); chosen = (chosen + step + offered.length) % Math.max(1, offered.length); show(); }
      if (press.key === "Enter") { press.preventDefault(); run(chosen); }
    });
  }

  document.addEventListener("click", (click) => {
    if (click.target.closest("[data-close]")) click.target.closest("dialog").close();
  });
  document.addEventListener("keydown", (press) => {
    if ((press.ctrlKey || press.metaKey) && press.key.toLowerCase() === "k" && palette) {
      press.preventDefault();
      if (!palette.open) open();
      return;
    }
    // Nothing fires while somebody types, nor with a key that belongs to the browser.
    if (press.ctrlKey || press.metaKey || press.altKey || press.repeat || typing(press.target) || find("dialog[open]")) return;
    const own = { j: () => move(1), k: () => move(-1), s: pick, p: open, "?": sheet }[press.key];
    if (own) { press.preventDefault(); own(); return; }
    const element = press.key.length === 1 && all("[accesskey]").find((one) => one.accessKey === press.key && seen(one));
    if (element) { press.preventDefault(); use(element); }
  });

  // Sound, for those who want it
  const bell = find("#sound");
  const rings = () => { try { return localStorage.getItem("sound") === "yes"; } catch { return false; } };
  let audio = null;
  const ring = () => {
    if (!rings()) return;
    audio = audio || new AudioContext();
    [0, 0.25].forEach((wait) => {
      const tone = audio.createOscillator(), loud = audio.createGain();
      tone.frequency.value = wait ? 660 : 880;
      loud.gain.setValueAtTime(0.2, audio.currentTime + wait);
      loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + wait + 0.22);
      tone.connect(loud).connect(audio.destination);
      tone.start(audio.currentTime + wait);
      tone.stop(audio.currentTime + wait + 0.24);
    });
  };
  const label = () => {
    bell.textContent = rings() ? bell.dataset.on : bell.dataset.off;
    bell.setAttribute("aria-pressed", String(rings()));
  };
  if (bell && window.AudioContext) {
    bell.hidden = false;
    label();
    bell.addEventListener("click", () => {
      try { localStorage.setItem("sound", rings() ? "no" : "yes"); } catch { return; }
      label();
      ring();
    });
  }

  // It rings again until somebody has taken one of them.
  let again = null;
  const hush = () => { clearInterval(again); again = null; };
  const alarm = () => { hush(); ring(); again = setInterval(ring, 30000); };

  // What came since: the page is asked for again, and only its live places change; rows stay where they are. A page that
  // lists no cases says no more than that one of level 1 came.
  const above = find("#above"), came = find("#came");
  const refresh = () => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => {
      if (request.status !== 200 || !request.response) return;
      all("[data-live]").forEach((region) => {
        const fresh = request.response.getElementById(region.id);
        if (!fresh || region.contains(document.activeElement) || fresh.isEqualNode(region)) return;
        region.replaceWith(document.adoptNode(fresh));
      });
    };
    const here = new URL(location.href);
    here.searchParams.set("since", above.dataset.since);
    request.open("GET", here.pathname + here.search);
    request.setRequestHeader("X-Refresh", "1");
    request.send();
  };
  const events = document.body.dataset.events, from = above || came;
  if (events && from && window.EventSource) {
    let source = null, waiting = 0, urgent = 0;
    const tell = (now) => {
      const changed = now.waiting !== waiting || now.urgent !== urgent;
      if (now.urgent > urgent) alarm();
      if (now.urgent < urgent) hush();
      waiting = now.waiting;
      urgent = now.urgent;
      if (!above) find(".notice", came).hidden = urgent === 0;
      else if (changed) refresh();
    };
    const stop = () => { if (source) source.close(); source = null; };
    const listen = () => {
      if (source) return;
      source = new EventSource(events + (from.dataset.since ? "?since=" + encodeURIComponent(from.dataset.since) : ""));
      source.onmessage = (told) => {
        const now = JSON.parse(told.data);
        if (now.since) from.dataset.since = now.since;
        tell(now);
      };
      source.onerror = () => {
        if (!source) return;
        const refused = source.readyState === EventSource.CLOSED;
        stop();
        // Counted anew from then on: what was taken meanwhile rings no more.
        setTimeout(() => { tell({ waiting: 0, urgent: 0 }); listen(); }, refused ? 15000 : 2000);
      };
    };
    addEventListener("pagehide", stop);
    addEventListener("pageshow", listen);
    listen();
  }

  // Words that are being written
  all("[data-draft]").forEach((area) => {
    const form = area.form, kept = find(".kept", form);
    let timer, before = area.value, sent = false;
    const keep = () => {
      clearTimeout(timer);
      if (sent || area.value === before) return;
      before = area.value;
      const body = new URLSearchParams({ csrf: form.elements.csrf.value, field: area.dataset.field, text: area.value });
      fetch(area.dataset.draft, { method: "POST", body, keepalive: true, headers: { "X-Refresh": "1" } }).then((answer) => {
        if (answer.ok && kept) kept.textContent = kept.dataset.kept;
      }, () => { before = null; });
    };
    area.addEventListener("input", () => {
      if (kept) kept.textContent = "";
      clearTimeout(timer);
      timer = setTimeout(keep, 1200);
    });
    form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  });
})();
