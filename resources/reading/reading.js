// Swaps pages into the shell and has their formulas typeset: text first, then the formulas in sight, then the rest.
"use strict";

const reading = (() => {
  const SLICE = 12; // ms of typesetting between two looks at the user's input
  const KEPT = 3000; // typeset formulas kept for pages seen again
  const NEAR_END = 48; // px: who is so near to the end of a page that grows wants to see its end
  const SMALLEST = 0.75; // how far a display that is too wide may be set smaller
  const ENGINE = "mathjax";

  let engine = "waiting"; // "waiting", "ready" or "failed"
  let shown = { number: 0, node: "", reported: "" };
  let queue = [];
  let rejected = 0;
  let metrics = null;
  const typeset = new Map();
  const unfolded = new Set();

  const page = () => document.getElementById("page");

  // The project's macros can be set only once: a new table needs a new shell.
  function start(macros) {
    window.MathJax = {
      loader: {
        load: ["core", "input/tex-base", ...packages.map((name) => "[tex]/" + name), "output/chtml"],
        paths: { mathjax: new URL(ENGINE, location.href).href },
      },
      tex: {
        packages: ["base", ...packages],
        macros,
        inlineMath: [],
        displayMath: [],
        tags: "none",
        maxMacros: 2000,
        maxBuffer: 100 * 1024,
        formatError: (_jax, error) => { throw error; },
      },
      chtml: {
        fontURL: new URL(ENGINE + "/output/chtml/fonts/woff-v2", location.href).href,
        mtextInheritFont: true,
        matchFontHeight: false,
      },
      options: { enableMenu: false, renderActions: {} },
      startup: {
        typeset: false,
        ready() {
          MathJax.startup.defaultReady();
          engine = "ready";
          schedule();
        },
      },
    };
    const script = document.createElement("script");
    script.src = ENGINE + "/startup.js";
    script.onerror = () => { engine = "failed"; report("complete"); };
    document.head.append(script);
  }

  const packages = [
    "ams", "amscd", "boldsymbol", "braket", "cancel", "cases", "centernot", "color", "configmacros", "empheq",
    "enclose", "extpfeil", "gensymb", "mathtools", "newcommand", "textcomp", "textmacros", "unicode", "upgreek", "verb",
  ];

  function show(number, node, html) {
    follows = false;
    const again = node === shown.node;
    const scrolled = window.scrollY;
    shown = { number, node, reported: "" };
    rejected = 0;
    page().innerHTML = html;
    watchFolds(page());
    window.scrollTo(0, again ? scrolled : 0);
    queue = inOrderOfSight([...page().querySelectorAll(".formula")]);
    schedule();
  }

  // A page that grows: what is the same stays as it stands, formulas and all, so that nothing flickers.
  const sources = new WeakMap();
  let follows = false;
  const toEnd = () => { if (follows) window.scrollTo(0, document.documentElement.scrollHeight); };
  for (const gesture of ["wheel", "keydown", "pointerdown"]) window.addEventListener(gesture, () => { follows = false; });
  function grow(number, node, html) {
    const root = document.documentElement;
    follows = window.scrollY + window.innerHeight > root.scrollHeight - NEAR_END;
    if (node !== shown.node) { page().replaceChildren(); rejected = 0; }
    shown = { number, node, reported: "" };
    const made = document.createElement("template");
    made.innerHTML = html;
    merge(page(), made.content);
    queue = inOrderOfSight([...page().querySelectorAll(".formula:not(.typeset, .rejected)")]);
    toEnd();
    schedule();
  }

  function merge(old, made) {
    const olds = [...old.childNodes];
    const mades = [...made.childNodes];
    mades.forEach((fresh, index) => {
      const standing = olds[index];
      const source = fresh.outerHTML ?? fresh.textContent;
      if (standing && sources.get(standing) === source) return;
      if (standing && fresh.tagName && standing.tagName === fresh.tagName && "grows" in fresh.dataset) {
        standing.className = fresh.className;
        sources.set(standing, source);
        merge(standing, fresh);
        return;
      }
      put(fresh, source, standing, old);
    });
    for (const left of olds.slice(mades.length)) left.remove();
  }

  function put(fresh, source, standing, parent) {
    if (fresh.tagName) {
      remember(fresh);
      watchFolds(fresh);
      // What was typeset before needs no second look of its source.
      if (engine === "ready" && metrics) {
        for (const formula of fresh.querySelectorAll(".formula")) if (typeset.has(keyOf(formula))) showFormula(formula);
      }
    }
    sources.set(fresh, source);
    if (standing) standing.replaceWith(fresh);
    else parent.append(fresh);
  }

  // Within what grows the parts are compared one by one the next time.
  function remember(element) {
    if (!("grows" in element.dataset)) return;
    for (const child of element.childNodes) {
      sources.set(child, child.outerHTML ?? child.textContent);
      if (child.tagName) remember(child);
    }
  }

  function watchFolds(element) {
    const own = element.tagName === "DETAILS" ? [element] : [];
    for (const details of [...own, ...element.querySelectorAll("details")]) {
      details.open = details.open || unfolded.has(details.className);
      details.addEventListener("toggle", () => fold(details.className, details.open, details));
    }
  }

  function inOrderOfSight(elements) {
    const edge = window.innerHeight;
    const rank = (element) => {
      if (!element.checkVisibility()) return 2;
      const box = element.getBoundingClientRect();
      return box.top < edge && box.bottom > 0 ? 0 : 1;
    };
    return elements
      .map((element, index) => ({ element, rank: rank(element), index }))
      .sort((one, other) => one.rank - other.rank || one.index - other.index);
  }

  // A message comes back at once, where a timer in a hidden window waits a second.
  const turn = new MessageChannel();
  turn.port1.onmessage = () => work();
  let waiting = false;
  function schedule() {
    if (waiting || engine !== "ready") return;
    waiting = true;
    turn.port2.postMessage(null);
  }

  function work() {
    waiting = false;
    const end = performance.now() + SLICE;
    const done = [];
    metrics ??= measured();
    while (queue.length && performance.now() < end) {
      const { element } = queue.shift();
      showFormula(element);
      done.push(element);
    }
    if (done.length) {
      // Clearing lets the update add the styles of characters that occur for the first time.
      MathJax.startup.document.clear();
      MathJax.startup.document.updateDocument();
      fit(done);
      toEnd();
    }
    if (!queue.some((entry) => entry.rank < 1)) report("in sight");
    if (queue.length) schedule();
    else report("complete");
  }

  // A display a little too wide is set smaller; one much too wide can be scrolled.
  function fit(elements) {
    const displays = elements.filter((element) => element.classList.contains("display"));
    for (const element of displays) element.style.fontSize = "";
    let wide = displays.map((element) => [element, 1]);
    // Twice, as the room for a number does not shrink with the formula. All reading comes before all writing.
    for (let round = 0; round < 2; round += 1) {
      wide = wide
        .map(([element, share]) => [element, share * element.clientWidth / element.scrollWidth, share])
        .filter(([, share, before]) => share < before);
      for (const [element, share] of wide) {
        element.style.fontSize = share < SMALLEST ? "" : Math.floor(1000 * share - 5) / 10 + "%";
      }
      wide = wide.filter(([, share]) => share >= SMALLEST);
    }
  }

  function measured() {
    const probe = document.createElement("span");
    page().append(probe);
    const sizes = MathJax.startup.output.getMetricsFor(probe, false);
    probe.remove();
    return sizes;
  }

  const keyOf = (element) => (element.classList.contains("display") ? "D" : "I") + element.textContent;

  function showFormula(element) {
    const tex = element.textContent;
    const display = element.classList.contains("display");
    const key = keyOf(element);
    try {
      let made = typeset.get(key);
      if (made === undefined) {
        made = MathJax.tex2chtml(tex, { display, em: metrics.em, ex: metrics.ex, containerWidth: 80 * metrics.em });
        if (typeset.size >= KEPT) typeset.clear();
        typeset.set(key, made);
      }
      element.dataset.tex = tex;
      element.setAttribute("role", "math");
      element.setAttribute("aria-label", tex);
      element.replaceChildren(made.cloneNode(true));
      element.classList.add("typeset");
    } catch (error) {
      rejected += 1;
      element.classList.add("rejected");
      element.title = "not typeset: " + (error.message || error);
    }
  }

  // The title is the one channel to the app: it needs no permission and carries a word or two.
  function report(state) {
    if (shown.reported === "complete" || shown.reported === state) return;
    const number = shown.number;
    shown.reported = state;
    const painted = () => {
      if (number !== shown.number) return;
      const formulas = page().querySelectorAll(".formula").length;
      document.title = JSON.stringify({ page: number, state, formulas, rejected, engine });
    };
    let told = false;
    const once = () => { if (!told) { told = true; painted(); } };
    requestAnimationFrame(() => setTimeout(once, 0));
    setTimeout(once, 100); // a hidden window paints no frames
  }

  function theme(css, dark) {
    metrics = null;
    document.getElementById("theme").textContent = css;
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }

  let resized = 0;
  window.addEventListener("resize", () => {
    toEnd();
    clearTimeout(resized);
    resized = setTimeout(() => fit([...page().querySelectorAll(".typeset")]), 100);
  });

  // A reference to an equation on this page goes there; all other links are the app's.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    const place = link && document.getElementById(link.dataset.at);
    if (!place) return;
    event.preventDefault();
    const folded = place.closest("details");
    if (folded) folded.open = true;
    place.scrollIntoView({ block: "center" });
  });

  // A copied formula is its source again.
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed) return;
    const copied = selection.getRangeAt(0).cloneContents();
    for (const element of copied.querySelectorAll("[data-tex]")) {
      const mark = element.classList.contains("display") ? "$$" : "$";
      const inside = element.dataset.tex;
      element.replaceChildren(inside.startsWith("\\begin{") ? inside : mark + inside + mark);
    }
    for (const block of copied.querySelectorAll("p, li, h1, h2, h3, dt, dd, pre, tr, br")) block.append("\n");
    event.clipboardData.setData("text/plain", copied.textContent.trim());
    event.preventDefault();
  });

  // What a person unfolds stays unfolded on the pages that follow; a list's rest concerns this page alone.
  function fold(kind, open, clicked) {
    if (kind !== "more") open ? unfolded.add(kind) : unfolded.delete(kind);
    for (const details of page().querySelectorAll("details")) {
      if (details.className === kind && !clicked) details.open = open;
    }
    fit([...page().querySelectorAll("details .typeset")]);
  }

  return {
    start, show, grow, theme,
    fold: (kind, open) => fold(kind, open, null),
    problems: () => [...page().querySelectorAll(".rejected")].map((element) => [element.textContent, element.title]),
  };
})();
