// The report's few deeds: the page of a node, the graph under the pointer and the keys, the list, and formulas.
"use strict";

(() => {
  const SLICE = 12; // ms of typesetting between two looks at the user's input
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // Formulas: those in sight first, and none before it is wanted.

  const settings = JSON.parse(one("#engine-settings").textContent);
  let engine = engineParts.startup ? "asleep" : "missing";
  let queue = [];
  let waiting = false;

  function wake() {
    engine = "waking";
    window.MathJax = {
      loader: {
        load: ["core", "input/tex-base", ...settings.packages.map((name) => "[tex]/" + name), "output/svg"],
        paths: { mathjax: "part:" },
        require(address) { engineParts[address.replace(/^part:\/?/, "").replace(/\.js$/, "")](); },
      },
      tex: {
        packages: ["base", ...settings.packages],
        macros: settings.macros,
        inlineMath: [],
        displayMath: [],
        tags: "none",
        maxMacros: 2000,
        maxBuffer: 100 * 1024,
        formatError: (_jax, error) => { throw error; },
      },
      svg: { fontCache: "local", mtextInheritFont: true },
      options: { enableMenu: false, renderActions: {} },
      startup: {
        typeset: false,
        ready() {
          MathJax.startup.defaultReady();
          document.head.append(MathJax.svgStylesheet());
          engine = "ready";
          schedule();
        },
      },
    };
    engineParts.startup();
  }

  function typeset(inside) {
    queue.push(...all(".formula:not(.typeset, .rejected)", inside));
    if (queue.length && engine !== "missing") document.documentElement.dataset.formulas = "waiting";
    if (engine === "asleep" && queue.length) wake();
    schedule();
  }

  function schedule() {
    if (waiting || engine !== "ready" || !queue.length) return;
    waiting = true;
    setTimeout(() => { waiting = false; work(performance.now() + SLICE); schedule(); });
  }

  function work(end) {
    while (queue.length && performance.now() < end) show(queue.shift());
    document.documentElement.dataset.formulas = queue.length ? "waiting" : "done";
  }

  function show(element) {
    if (!element.isConnected || element.classList.contains("typeset")) return;
    const tex = element.textContent;
    try {
      const display = element.classList.contains("display");
      const made = MathJax.tex2svg(tex, { display, em: 16, ex: 7.6, containerWidth: 80 * 16 });
      element.setAttribute("role", "math");
      element.setAttribute("aria-label", tex);
      element.replaceChildren(made);
      element.classList.add("typeset");
    } catch (error) {
      element.classList.add("rejected");
      element.title = "not typeset: " + (error.message || error);
    }
  }

  // Formulas in the lists are typeset as they come into sight.
  const sight = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      sight.unobserve(target);
      typeset(target);
    }
  }, { rootMargin: "200px" });

  function mark(inside) {
    for (const place of all("span.mark:empty", inside)) {
      const name = [...place.classList].find((each) => each.startsWith("mark-"));
      place.classList.add(name.replace("mark-", "headline-"));
      place.innerHTML = `<svg><use href="#${name}"></use></svg>`;
    }
  }

  // The page of a node.

  const panel = one("#panel");
  const pages = new Map(all("template[data-node]").map((page) => [page.dataset.node, page]));
  let current = "";
  let opener = null;

  function open(node) {
    const page = pages.get(node);
    if (!page) return close();
    if (!current) opener = document.activeElement;
    current = node;
    one("#page").replaceChildren(page.content.cloneNode(true));
    tidy(one("#page"));
    mark(panel);
    panel.hidden = false;
    panel.scrollTop = 0;
    one(".columns").classList.add("reading");
    panel.setAttribute("aria-label", one("article", panel).getAttribute("aria-label"));
    panel.focus({ preventScroll: true });
    typeset(panel);
    pick(node);
  }

  function close() {
    if (!current) return;
    current = "";
    panel.hidden = true;
    one(".columns").classList.remove("reading");
    pick("");
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }

  // What only the app can do becomes plain text, or a link to the project's own pages.
  function tidy(inside) {
    const { github, commit } = document.body.dataset;
    for (const link of all("a[href]", inside)) {
      const address = link.getAttribute("href");
      if (address.startsWith("node:")) link.href = "#" + address;
      else if (address.startsWith("source:") && github && commit) {
        const [file, line] = address.slice(7).split("#");
        link.href = `${github.replace(/\/$/, "")}/blob/${commit}/${decodeURIComponent(file).split("/").map(encodeURIComponent).join("/")}#L${line}`;
        link.rel = "noopener noreferrer";
        link.target = "_blank";
        link.title = decodeURIComponent(file);
      } else if (/^https?:/.test(address)) {
        link.rel = "noopener noreferrer";
        link.target = "_blank";
      } else if (address.startsWith("source:") || address.startsWith("app:")) {
        const words = document.createElement("span");
        words.className = link.className;
        words.title = address.startsWith("source:") ? decodeURIComponent(address.slice(7).split("#")[0]) : "";
        words.append(...link.childNodes);
        link.replaceWith(words);
      }
    }
  }

  function follow() {
    const wanted = location.hash.startsWith("#node:") ? location.hash.slice(6) : "";
    try {
      open(decodeURIComponent(wanted));
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      close(); // somebody typed it
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    const address = link.getAttribute("href");
    if (address.startsWith("copy:")) {
      event.preventDefault();
      copy(decodeURIComponent(address.slice(5)));
    } else if (link.dataset.at) {
      const place = document.getElementById(link.dataset.at);
      if (!place) return;
      event.preventDefault();
      const folded = place.closest("details");
      if (folded) folded.open = true;
      place.scrollIntoView({ block: "center" });
    } else if (link.dataset.headline) {
      one("#headline").value = link.dataset.headline;
      sift();
    } else if (address === location.hash) follow(); // the same node once more
  });

  function copy(text) {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy"); // works in a file that was opened from a disk, where the newer way does not
    field.remove();
  }

  one("#close").addEventListener("click", leave);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && current) leave(); });
  function leave() {
    history.replaceState(null, "", location.pathname + location.search);
    close();
  }

  // The graph.

  const canvas = one("#canvas");
  const graphs = all(".graph", canvas);
  let graph = graphs[0];
  let view = null;

  function choose(chosen) {
    for (const each of graphs) each.classList.toggle("chosen", each === chosen);
    graph = chosen;
    if (!graph) return;
    suit();
    fit();
    pick(current);
  }

  const whole = () => ({ x: 0, y: 0, width: +graph.dataset.width, height: +graph.dataset.height });
  function look(next) {
    view = next;
    graph.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  }
  function fit() { look(whole()); }

  // As high as the graph is at the width that there is, within what a window shows.
  function suit() {
    if (!graph) return;
    const wanted = canvas.clientWidth * whole().height / whole().width;
    canvas.style.height = Math.round(Math.min(Math.max(wanted, 240), Math.max(0.7 * innerHeight, 320))) + "px";
  }

  // A share below 1 comes closer; the point (x, y) of the screen stays where it is.
  function zoom(share, x, y) {
    const least = 60, most = 4 * Math.max(whole().width, whole().height);
    share = Math.min(Math.max(share, least / view.width), most / view.width);
    const at = pointOf(x, y);
    look({
      x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share,
      width: view.width * share, height: view.height * share,
    });
  }
  function pointOf(x, y) {
    const box = graph.getBoundingClientRect();
    const point = graph.createSVGPoint();
    [point.x, point.y] = [x ?? box.left + box.width / 2, y ?? box.top + box.height / 2];
    return point.matrixTransform(graph.getScreenCTM().inverse());
  }
  function move(x, y) {
    const scale = graph.getScreenCTM().a;
    look({ ...view, x: view.x - x / scale, y: view.y - y / scale });
  }

  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(event.deltaY / 240), event.clientX, event.clientY);
  }, { passive: false });
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { x: event.clientX, y: event.clientY, moved: false };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(x, y) < 4) return;
    if (!drag.moved) canvas.setPointerCapture(event.pointerId);
    drag.moved = true;
    graph.classList.add("dragged");
    move(x, y);
    [drag.x, drag.y] = [event.clientX, event.clientY];
  });
  let wasDragged = false;
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => {
    wasDragged = Boolean(drag && drag.moved);
    drag = null;
    graph?.classList.remove("dragged");
  });
  canvas.addEventListener("click", (event) => {
    if (wasDragged) event.preventDefault();
    wasDragged = false;
  }, true);
  canvas.addEventListener("dragstart", (event) => event.preventDefault());
  canvas.addEventListener("keydown", (event) => {
    const step = 60;
    const deeds = {
      "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), 0: fit,
      ArrowLeft: () => move(step, 0), ArrowRight: () => move(-step, 0),
      ArrowUp: () => move(0, step), ArrowDown: () => move(0, -step),
    };
    if (!deeds[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deeds[event.key]();
  });
  one(".zoom").addEventListener("click", (event) => {
    const deed = event.target.dataset.zoom;
    if (deed) ({ in: () => zoom(0.8), out: () => zoom(1.25), fit })[deed]();
  });
  one("#graph-choice")?.addEventListener("change", (event) => {
    choose(graphs.find((each) => each.dataset.graph === event.target.value));
  });
  one("#colours").addEventListener("change", (event) => {
    canvas.className = "by-" + event.target.value;
    for (const legend of all(".legend")) legend.hidden = !legend.classList.contains("of-" + event.target.value);
  });

  // A node with what it rests on and what rests on it; the others step back.
  function pick(node) {
    for (const each of all(".current, .near, .below, .above")) each.classList.remove("current", "near", "below", "above");
    for (const each of all("tr[data-headline]")) {
      each.classList.toggle("current", Boolean(node) && one("a", each).getAttribute("href") === anchor(node));
    }
    const found = graph && node && all("a.node", graph).find((each) => each.getAttribute("href") === anchor(node));
    graph?.classList.toggle("picked", Boolean(found));
    if (!found) return;
    found.classList.add("current", "near");
    for (const edge of all(".edge", graph)) {
      const { from, to } = edge.dataset, row = found.dataset.row;
      if (from !== row && to !== row) continue;
      edge.classList.add("near", to === row ? "below" : "above");
      one(`a.node[data-row="${to === row ? from : to}"]`, graph).classList.add("near");
    }
  }
  const anchor = (node) => "#node:" + encodeURIComponent(node).replace(/[!'()*]/g, (each) =>
    "%" + each.charCodeAt(0).toString(16).toUpperCase());

  // The list of nodes.

  const rows = all(".list-of-nodes tbody tr");
  const words = rows.map((row) => row.textContent.toLowerCase());
  function sift() {
    const wanted = one("#filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const headline = one("#headline").value;
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = (!headline || row.dataset.headline === headline) && wanted.every((word) => words[index].includes(word));
      row.hidden = !fits;
      shown += fits;
    });
    one("#shown").textContent = `${shown} of ${rows.length}`;
  }
  one("#filter").addEventListener("input", sift);
  one("#headline").addEventListener("change", sift);
  one(".list-of-nodes tbody").addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (!event.target.closest("a") && getSelection().isCollapsed) location.hash = one("a", row).getAttribute("href");
  });

  const order = new Intl.Collator("en", { numeric: true });
  all(".list-of-nodes thead th").forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const each of all(".list-of-nodes thead th")) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
      const sorted = [...rows].sort((a, b) => order.compare(key(a), key(b)) * (down ? -1 : 1));
      one(".list-of-nodes tbody").append(...sorted);
    });
  });

  // What is printed is what is shown, formulas and all.
  window.addEventListener("beforeprint", () => {
    if (engine === "ready") { typeset(document.body); work(Infinity); }
  });

  new ResizeObserver(([{ target }]) => {
    document.documentElement.style.setProperty("--head", target.offsetHeight + "px");
  }).observe(one(".top"));
  new ResizeObserver(suit).observe(canvas);
  mark(document);
  choose(graph);
  sift();
  for (const place of all("main table tr, main h1, .top h1")) if (one(".formula", place)) sight.observe(place);
  window.addEventListener("hashchange", follow);
  follow();
})();
