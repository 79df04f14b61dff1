// Draws the rows of workbench/ui/rows.py. Every text enters the page through text nodes or attributes, never
// as HTML. Rows are added in portions while the browser is idle, so that thousands of passages open at once.

const FIRST = 120;
const PORTION = 120;
const LONG = 1500;
const FILTERS = [["all", "All"], ["linked", "Linked"], ["only", "Only here"]];
const ENDS = "ends doubtful";
const LEGEND = [
  ["sure", "sure", ""], ["likely", "likely", ""], ["doubtful", "doubtful", "the passages may not say the same"],
  ["ends", ENDS, "the passages agree, but one may begin or end too early or too late"],
];
const PATHS = {
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  accepted: "M5 13l4 4L19 7",
  rejected: "M6 6l12 12M18 6L6 18",
};

const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = new View(parentElement.querySelector(".wb"));
    views.set(parentElement, view);
  }
  view.send = setTriggerValue;
  view.show(data);
}

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

// [0, 1, 2, 6] -> "1–3, 7"
function numbers(indices) {
  const parts = [];
  for (const index of indices) {
    const last = parts.at(-1);
    if (last && index === last[1] + 1) last[1] = index;
    else parts.push([index, index]);
  }
  return parts.map(([a, b]) => (a === b ? `${a + 1}` : `${a + 1}–${b + 1}`)).join(", ");
}

const passages = (indices) => (indices.length === 1 ? "passage " : "passages ") + numbers(indices);
const indicesOf = (run) => run.segments.map((segment) => segment.index);
const isLinked = (row) => row.links.length > 0;

class View {
  constructor(root) {
    this.root = root;
    this.filter = "all";
    this.keys = [];
    this.drawn = [];
    this.lit = [];
    this.current = null;
    root.addEventListener("mouseover", (event) => this.light(event.target));
    root.addEventListener("mouseleave", () => this.light(this.root.getRootNode().activeElement));
    root.addEventListener("focusin", (event) => this.focused(event.target));
    root.addEventListener("focusout", () => this.light(null));
    root.addEventListener("keydown", (event) => this.key(event));
  }

  show(data) {
    const keys = data.rows.map((row) => JSON.stringify(row));
    const columns = JSON.stringify(data.columns.map((column) => [column.id, column.aligned]));
    const first = this.columnIds !== columns;
    const patch = !first && keys.length === this.keys.length;
    this.data = data;
    this.columnIds = columns;
    if (patch) this.patch(keys);
    else this.rebuild(first);
    this.keys = keys;
    this.applyFilter();
    if (data.pair && (first || data.pair !== this.pair)) this.goTo(data.pair);
    this.pair = data.pair;
  }

  // A review changes a row or two: only these are drawn again, so nothing jumps.
  patch(keys) {
    this.head.replaceWith((this.head = this.drawHead()));
    this.drawn.forEach((old, at) => {
      if (keys[at] === this.keys[at]) return;
      const active = old.getRootNode().activeElement;
      const drawn = this.drawRow(this.data.rows[at], at);
      const same = [...drawn.querySelectorAll("button")].find((one) => one.value && one.value === active?.value);
      const focused = old.contains(active) ? same ?? drawn : null;
      this.drawn[at] = drawn;
      old.replaceWith(drawn);
      if (this.current === old) this.makeCurrent(drawn);
      focused?.focus({ preventScroll: true });
    });
    this.countRows();
  }

  rebuild(first) {
    this.root.style.minHeight = first ? "" : `${this.root.offsetHeight}px`;
    const reach = first ? FIRST : Math.max(FIRST, this.drawn.length);
    this.root.replaceChildren();
    this.root.style.setProperty("--columns", this.data.columns.length);
    this.root.classList.toggle("single", this.data.columns.length === 1);
    this.drawn = [];
    this.current = null;
    this.head = this.drawHead();
    this.body = el("tbody", { role: "rowgroup" });
    this.none = el("p", { class: "none", hidden: true });
    this.root.append(this.drawTools(), this.drawLegend(), el("table", { role: "table" }, this.head, this.body), this.none);
    this.countRows();
    this.drawUpTo(reach);
    if (this.drawn.length) this.makeCurrent(this.drawn[0]);
    this.root.style.minHeight = "";
    this.drawRest();
  }

  drawUpTo(end) {
    const portion = document.createDocumentFragment();
    for (let at = this.drawn.length; at < Math.min(end, this.data.rows.length); at++) {
      this.drawn.push(this.drawRow(this.data.rows[at], at));
      portion.append(this.drawn[at]);
    }
    this.body.append(portion);
  }

  drawRest() {
    const body = this.body;
    const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 20));
    const step = () => {
      if (this.body !== body || !this.root.isConnected) return;
      this.drawUpTo(this.drawn.length + PORTION);
      if (this.drawn.length < this.data.rows.length) later(step);
    };
    if (this.drawn.length < this.data.rows.length) later(step);
  }

  // Toolbar

  drawTools() {
    this.said = el("span", { class: "said", role: "status", "aria-live": "polite" });
    const tools = el("div", { class: "tools" });
    if (this.data.columns.some((column) => column.aligned)) {
      tools.append(el("fieldset", {}, el("legend", {}, "Show"), ...FILTERS.map((choice) => this.drawFilter(...choice))));
    }
    tools.append(this.drawTick("original", "Originals"), this.drawTick("english", "English"), this.said);
    return tools;
  }

  drawLegend() {
    const shown = this.data.rows.some(isLinked);
    const parts = LEGEND.map(([kind, label, says]) =>
      el("span", { class: "part" }, el("span", { class: `chip ${kind}` }, label), says));
    return el("p", { class: "legend", hidden: !shown }, "How sure a link is: ", ...parts);
  }

  drawFilter(value, label) {
    const input = el("input", { type: "radio", name: "show", value, checked: this.filter === value });
    input.addEventListener("change", () => {
      this.filter = value;
      this.applyFilter();
    });
    return el("label", { class: "choice" }, input, el("span", {}, label));
  }

  drawTick(part, label) {
    const input = el("input", { type: "checkbox", checked: !this.root.classList.contains(`no-${part}`) });
    input.addEventListener("change", () => this.root.classList.toggle(`no-${part}`, !input.checked));
    return el("label", { class: "tick" }, input, label);
  }

  countRows() {
    const rows = this.data.rows;
    const linked = rows.filter((row) => row.links.some((link) => link.status !== "rejected")).length;
    const only = rows.filter((row) => row.cells.flat().some((run) => run.kind === "only")).length;
    this.counts = { all: rows.length, linked, only };
  }

  applyFilter() {
    for (const [name] of FILTERS) this.root.classList.toggle(`show-${name}`, this.filter === name);
    for (const input of this.root.querySelectorAll("input[name=show]")) input.checked = input.value === this.filter;
    this.none.hidden = this.counts[this.filter] > 0;
    this.none.textContent = { all: "There is nothing to show.", linked: "No passage has a counterpart.",
      only: "Every passage has a counterpart." }[this.filter];
    if (this.current && !this.isShown(this.current)) this.makeCurrent(this.drawn.find((row) => this.isShown(row)));
  }

  isShown(row) {
    if (this.filter === "linked") return row.matches(".linked-row:not(.rejected-row)");
    if (this.filter === "only") return row.matches(".gap-row:not(.all-out)");
    return true;
  }

  // Head

  drawHead() {
    const cells = this.data.columns.map((column, at) => this.drawColumnHead(column, at));
    return el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...cells));
  }

  drawColumnHead(column, at) {
    const strip = el("div", { class: "strip", "aria-hidden": "true", title: "The whole document: coloured where it has a counterpart, grey where it is left out; click to go there" });
    for (const [linked, out] of column.strip) {
      strip.append(el("i", { class: out > 0.5 ? "left" : "linked", style: out > 0.5 ? "" : `opacity: ${linked}` }));
    }
    strip.addEventListener("click", (event) => this.jump(column, at, event));
    const title = el("div", { class: "title" },
      this.letter(at) ? el("span", { class: "letter" }, this.letter(at)) : null,
      el("strong", { dir: "auto", title: column.title || column.name }, column.name),
      el("span", { class: "language" }, column.language));
    const out = column.leftOut ? `; ${column.leftOut} left out` : "";
    const told = (column.aligned ? column.coverage : `${column.segments} passages, not aligned yet`) + out;
    const covered = [told, column.note].filter(Boolean).join(" · ");
    return el("th", { role: "columnheader", scope: "col" }, title, strip, el("div", { class: "covered" }, covered));
  }

  jump(column, at, event) {
    const box = event.currentTarget.getBoundingClientRect();
    const wanted = Math.floor((column.segments * (event.clientX - box.left)) / box.width);
    const found = this.data.rows.findIndex((row) => row.cells[at].some((run) => indicesOf(run).includes(wanted)));
    if (found >= 0) this.reveal(found);
  }

  // Rows

  drawRow(row, at) {
    const classes = isLinked(row) ? this.linkedClasses(row) : this.gapClasses(row);
    const cells = row.cells.map((cell, column) => this.drawCell(cell, column, isLinked(row)));
    const head = isLinked(row) ? this.drawRowHead(row) : null;
    return el("tr", { class: classes, role: "row", tabindex: "-1", "data-row": at }, head, ...cells);
  }

  linkedClasses(row) {
    const weakest = ["doubtful", "likely", "sure"].find((band) => row.links.some((link) => link.band === band));
    const rejected = row.links.every((link) => link.status === "rejected") ? " rejected-row" : "";
    return `linked-row ${weakest}${rejected}`;
  }

  gapClasses(row) {
    return row.cells.flat().some((run) => run.kind === "only") ? "gap-row" : "gap-row all-out";
  }

  drawRowHead(row) {
    return el("th", { class: "head", role: "rowheader", scope: "row" }, ...row.links.map((link) => this.drawLink(link)));
  }

  drawLink(link) {
    const other = this.data.columns[link.columns[1]].name;
    const side = (at, indices) => this.letter(link.columns[at]) + numbers(indices);
    const between = `${side(0, link.left)} ↔ ${side(1, link.right)}`;
    const [chips, reasons] = this.drawWhy(link);
    const moved = el("span", { class: "chip plain", title: `Told in another place in ${other}` }, "moved");
    return el("div", { class: `link ${link.band}` },
      ...chips, el("span", { class: "between", title: "The numbers of the passages" }, between),
      link.moved ? moved : null,
      link.review ? el("span", { class: "chip plain" }, link.review) : null,
      this.drawActions(link), reasons);
  }

  // Three columns and more have letters, so that a link can say which two it joins.
  letter(at) {
    return this.data.columns.length > 2 ? `${String.fromCharCode(65 + at)} ` : "";
  }

  // How sure the link is, and whether its ends are: each opens the reasons.
  drawWhy(link) {
    const list = el("ul", { class: "why", hidden: true }, ...link.why.map((reason) => el("li", { dir: "auto" }, reason)));
    const labels = link.endsDoubtful ? [["chip", link.band], ["chip ends", ENDS]] : [["chip", link.band]];
    const chips = labels.map(([classes, label]) =>
      el("button", { type: "button", class: classes, title: link.why.join("\n"), tabindex: "-1", "aria-expanded": "false" }, label));
    for (const chip of chips) {
      chip.addEventListener("click", () => {
        list.hidden = !list.hidden;
        for (const one of chips) one.setAttribute("aria-expanded", String(!list.hidden));
      });
    }
    return [chips, list];
  }

  drawActions(link) {
    const url = new URL(location.href);
    url.search = new URLSearchParams({ docs: this.data.columns.map((c) => c.id).join(","), pair: link.id });
    const copy = el("a", { href: url.href, tabindex: "-1", title: "Copy a link to this pair", "aria-label": "Copy a link to this pair" }, icon("link"));
    copy.addEventListener("click", (event) => this.copyLink(event, url.href));
    const buttons = this.data.review ? ["accepted", "rejected"].map((status) => this.drawReview(link, status)) : [];
    return el("span", { class: "actions" }, copy, ...buttons);
  }

  drawReview(link, status) {
    const pressed = link.status === status;
    const verb = status === "accepted" ? "Accept" : "Reject";
    const label = pressed ? `Take back: ${status}` : `${verb} this pair`;
    const button = el("button", { type: "button", value: `${status} ${link.id}`, tabindex: "-1", title: label, "aria-label": label, "aria-pressed": pressed ? "true" : "false" }, icon(status));
    button.addEventListener("click", () => this.send("review", { bead: link.id, status: pressed ? "unreviewed" : status }));
    return button;
  }

  async copyLink(event, href) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", href);
    try {
      await navigator.clipboard.writeText(href);
      this.say("Link copied.");
    } catch {
      this.say("The link is in the address bar.");
    }
  }

  say(text) {
    this.said.textContent = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.said.textContent = ""), 4000);
  }

  drawCell(cell, at, linked) {
    const column = this.data.columns[at];
    const runs = cell.map((run) => this.drawRun(run, at));
    const empty = linked && !runs.length ? el("p", { class: "nothing" }, column.aligned ? "nothing on this here" : "not aligned yet") : null;
    return el("td", { class: "cell", role: "cell", "data-name": column.name }, ...runs, empty);
  }

  drawRun(run, at) {
    if (run.kind === "out") return this.drawLeftOut(run, at);
    const segments = run.segments.map((segment) => this.drawSegment(segment, at, run.kind));
    if (run.kind === "linked") return el("div", { class: "run" }, ...segments);
    const says = this.data.columns[at].aligned;
    const tag = says ? el("p", { class: "only-tag" }, `only here · ${passages(indicesOf(run))}`) : null;
    return el("div", { class: "run only" }, tag, ...segments);
  }

  drawLeftOut(run, at) {
    const details = el("details", { class: "run out" },
      el("summary", { tabindex: "-1" }, `${passages(indicesOf(run))} left out: ${run.label}`));
    details.addEventListener("toggle", () => {
      if (details.childElementCount > 1) return;
      details.append(
        this.drawInclude(run.segments, true, "Bring back"),
        el("ul", {}, ...run.reasons.map((reason) => el("li", { dir: "auto" }, reason))),
        ...run.segments.map((segment) => this.drawSegment(segment, at, run.kind)));
    });
    return details;
  }

  drawInclude(segments, included, label) {
    const button = el("button", { type: "button", class: "small" }, label);
    button.addEventListener("click", () => this.send("include", { segments: segments.map((segment) => segment.id), included }));
    return button;
  }

  drawSegment(segment, at, kind) {
    const long = segment.text.length > LONG;
    const removable = this.data.columns.length === 1 && kind === "only";
    return el("div",
      { class: `segment ${segment.kind}-kind${segment.english ? " has-english" : ""}`, "data-node": `${at}:${segment.index}` },
      el("span", { class: "number" }, String(segment.index + 1)),
      segment.speaker ? el("span", { class: "speaker", dir: "auto" }, segment.speaker) : null,
      el("p", { class: `original${long ? " long" : ""}`, lang: segment.lang, dir: "auto", tabindex: long ? "0" : null }, segment.text),
      this.drawEnglish(segment),
      segment.note ? el("p", { class: `note ${segment.note.split(/\W/, 1)[0]}` }, segment.note) : null,
      removable ? this.drawInclude([segment], false, "Leave out") : null);
  }

  drawEnglish(segment) {
    if (!segment.english) return null;
    const long = segment.english.length > LONG;
    return el("p", { class: `english${long ? " long" : ""}`, lang: "en", dir: "auto", tabindex: long ? "0" : null,
      title: `Machine translation by ${segment.model}` }, segment.english);
  }

  // Lighting up, focus, keys

  light(target) {
    for (const segment of this.lit) segment.classList.remove("lit");
    this.lit = [];
    const row = target?.closest?.("tr[data-row]");
    if (!row) return;
    const wanted = this.counterparts(row, target.closest("[data-node]"));
    this.lit = [...row.querySelectorAll("[data-node]")].filter((segment) => wanted.has(segment.dataset.node));
    for (const segment of this.lit) segment.classList.add("lit");
  }

  // The passages that share a link with the one pointed at; all of a row where none is.
  counterparts(row, segment) {
    const found = new Set();
    for (const link of this.data.rows[row.dataset.row].links) {
      const nodes = [link.left.map((index) => `${link.columns[0]}:${index}`), link.right.map((index) => `${link.columns[1]}:${index}`)].flat();
      if (!segment || nodes.includes(segment.dataset.node)) nodes.forEach((node) => found.add(node));
    }
    return found;
  }

  focused(target) {
    const row = target.closest("tr[data-row]");
    if (row) this.makeCurrent(row);
    this.light(target);
  }

  // One row at a time is in the tab order, with its controls: the arrow keys choose which.
  makeCurrent(row) {
    const reachable = (row, value) => {
      for (const control of [row, ...row.querySelectorAll("summary, a, .head button")]) control.tabIndex = value;
    };
    if (this.current === row) return;
    if (this.current) reachable(this.current, -1);
    this.current = row ?? null;
    if (row) reachable(row, 0);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.closest("input, .long") || !this.current) return;
    let at = Number(this.current.dataset.row) + step;
    while (this.drawn[at] && !this.isShown(this.drawn[at])) at += step;
    if (!this.drawn[at]) return;
    event.preventDefault();
    this.drawn[at].focus({ preventScroll: true });
    this.drawn[at].scrollIntoView({ block: "nearest" });
  }

  goTo(bead) {
    const at = this.data.rows.findIndex((row) => row.links.some((link) => link.id === bead));
    for (const row of this.root.querySelectorAll(".target")) row.classList.remove("target");
    if (at < 0) return;
    this.reveal(at);
    this.drawn[at].classList.add("target");
  }

  // Twice, because rows that were out of sight get their true height only when they come near.
  reveal(at) {
    this.drawUpTo(at + PORTION);
    if (!this.isShown(this.drawn[at])) {
      this.filter = "all";
      this.applyFilter();
    }
    const scroll = () => this.drawn[at]?.scrollIntoView({ block: "center" });
    scroll();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      scroll();
      this.drawn[at]?.focus({ preventScroll: true });
    }));
  }
}
