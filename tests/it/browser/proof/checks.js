// What a page is asked in a real browser, beside the rules of axe-core. Every answer is a list of faults.
(() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const reached = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const controls = () => [...document.querySelectorAll(reached)].filter((element) => seen(element) && !element.disabled);
  // A group of radio buttons is one stop of the tab key.
  const name = (element) => element.type === "radio" ? `radio ${element.name}` : [
    element.localName, element.id, element.name, element.value, element.getAttribute("href"), element.form && element.form.getAttribute("action"),
    element.textContent.trim().slice(0, 40),
  ].filter(Boolean).join(" ");
  const box = (element) => { const { x, y, width, height } = element.getClientRects()[0]; return { x, y, width, height }; };

  window.proof = {
    size: () => performance.getEntriesByType("navigation")[0].decodedBodySize,

    bones: () => {
      const faults = [];
      const heads = [...document.querySelectorAll("h1")].filter(seen).length;
      if (heads !== 1) faults.push(`${heads} elements h1`);
      if (!document.title.trim()) faults.push("no title");
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      faults.push(...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `#${id} is there twice`));
      return faults;
    },

    // Where the keyboard is now: nothing when it left the page.
    focus: () => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const faults = [];
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("focus cannot be seen");
      const { x, y, width, height } = box(element);
      const [middle, line] = [x + width / 2, y + Math.min(height / 2, 20)];
      if (middle < 0 || line < 0 || middle > innerWidth || line > innerHeight) faults.push("focus is off the screen");
      else {
        const on = document.elementFromPoint(middle, line);
        if (on && on !== element && !element.contains(on) && !on.contains(element)) faults.push(`covered by ${name(on)}`);
      }
      return { name: name(element), faults: faults.map((fault) => `${name(element)}: ${fault}`) };
    },
    controls: () => [...new Set(controls().map(name))],

    // Nothing to the side of the screen; what is put there on purpose has no place in the flow.
    reflow: () => {
      const wide = document.documentElement.clientWidth;
      const faults = document.scrollingElement.scrollWidth > wide ? [`scrolls to ${document.scrollingElement.scrollWidth}`] : [];
      for (const element of document.querySelectorAll("main *, header *, footer *")) {
        // Tables of figures and what machines sent scroll within a frame of their own.
        if (!seen(element) || element.parentElement.closest(".scroll, pre")) continue;
        const { left, right, width } = element.getBoundingClientRect();
        if (width > 0 && (right > wide + 0.5 || left < -0.5)) faults.push(`${name(element)} spans ${Math.round(left)} to ${Math.round(right)} of ${wide}`);
      }
      return faults.slice(0, 5);
    },

    // Our own measure of a target is 44 pixels.
    targets: () => [...document.querySelectorAll("button, .button, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox]), summary, label.choice, .top a")]
      .filter(seen)
      .filter((element) => { const { width, height } = element.getBoundingClientRect(); return width < 43.5 || height < 43.5; })
      .map((element) => { const { width, height } = element.getBoundingClientRect(); return `${name(element)} is ${Math.round(width)} by ${Math.round(height)}`; }),

    // Where a system paints everything in its own colours, only borders tell a control from a text.
    edges: () => [...document.querySelectorAll("button, .button, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox]), label.choice")]
      .filter(seen)
      .filter((element) => { const style = getComputedStyle(element); return style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1; })
      .map((element) => `${name(element)} has no edge`),

    stillness: () => {
      const moving = (time) => time.split(",").some((part) => parseFloat(part) > 0.01);
      const faults = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["scrolls smoothly"] : [];
      for (const element of document.querySelectorAll("*")) {
        const style = getComputedStyle(element);
        if (moving(style.transitionDuration) || (style.animationName !== "none" && moving(style.animationDuration))) faults.push(`${name(element)} moves`);
      }
      return faults;
    },

    axe: async (rules) => {
      const options = { resultTypes: ["violations"], runOnly: rules, rules: rules.type === "tag" ? { "target-size": { enabled: true } } : {} };
      const found = await axe.run(document, options);
      return found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
    },
  };
})();
