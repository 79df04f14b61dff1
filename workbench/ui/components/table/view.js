// The Compare table. The server sends documents and links once, then only what changed (workbench/ui/feed.py); requests
// go back as the component's state `asked`. Everything else happens here.

const views = new WeakMap();
const RELEASED = ["pointerup", "pointercancel", "pointerover"]; // the last where a menu swallowed the first
const LOWEST = 260; // pixels of passages in a window that is too low for all of the page

export default function ({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = new View(parentElement.querySelector(".wb"));
    views.set(parentElement, view);
  }
  view.send = (request) => setStateValue("asked", request);
  view.show(data);
  return atItsEnd(view.root, () => view.leave());
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem("workbench-compare")) ?? {};
  } catch {
    return {};
  }
}

class View {
  constructor(root) {
    this.root = root;
    this.model = new Model();
    this.prefs = remembered();
    this.drafts = new Drafts();
    this.queue = [];
    this.flight = []; // requests that were sent and are not answered
    this.later = []; // edits that wait for what those make of the links
    this.asked = 0;
    this.have = 0;
    this.lanes = [];
    this.at = null; // the selected passage, [column, index]
    this.other = null; // the column that edits are about besides, where there are more than two
    this.from = null; // where a selection of several began
    this.lit = new Set();
    this.all = []; // what a search found, and what of that is shown
    this.matches = [];
    this.listen();
  }

  listen() {
    const root = this.root;
    on(root, "mouseover", (event) => this.hover(event.target));
    on(root, "mouseleave", () => this.light(this.at));
    on(root, "click", (event) => this.clicked(event));
    on(root, "keydown", (event) => this.key(event));
    on(root, "focusin", (event) => (this.focused = event.composedPath()[0]));
    on(root, "pointerdown", (event) => this.pressed(event));
    this.outer = (event) => {
      if (!this.pane) wait(event);
      else if (document.activeElement === document.body || this.isFind(event)) this.keyOutside(event);
    };
    this.resize = () => this.fit();
    this.back = () => this.askNews();
    window.removeEventListener("keydown", wait);
    window.addEventListener("keydown", this.outer);
    window.addEventListener("resize", this.resize);
    this.release = (event) => this.released(event);
    window.addEventListener("focus", this.back);
    for (const name of RELEASED) window.addEventListener(name, this.release);
    this.leaving = new Leaving(HERE, () => this.isUnsaved());
    // Work in the background is told at the foot of the page, which comes and goes: the table ends above it.
    this.footChanged = new ResizeObserver(() => this.fit());
    this.footCame = new MutationObserver(() => this.watchFoot());
    this.footCame.observe(this.scroller(), { childList: true });
    this.watchFoot();
  }

  watchFoot() {
    this.footChanged.disconnect();
    if (this.pageFoot()) this.footChanged.observe(this.pageFoot());
  }

  leave() {
    this.isLeft = true;
    this.leaveAddress();
    window.removeEventListener("keydown", this.outer);
    if (!this.focused?.matches("input, select, textarea")) window.addEventListener("keydown", wait); // else these are letters
    window.removeEventListener("resize", this.resize);
    window.removeEventListener("focus", this.back);
    for (const name of RELEASED) window.removeEventListener(name, this.release);
    this.leaving.end();
    clearTimeout(this.sendTimer);
    unanswered = { session: this.session, asked: this.asked, flight: this.flight.filter((one) => one.edits), later: this.later };
    for (const one of [this.footChanged, this.footCame, ...this.lanes.map((lane) => lane.observer)]) one.disconnect();
  }

  // Building the page

  build() {
    for (const lane of this.lanes) lane.leave();
    this.lanes = [];
    const columns = this.model.columns.length;
    this.root.style.setProperty("--columns", columns);
    this.root.classList.toggle("several", columns > 2);
    for (const part of ["original", "english"]) this.root.classList.toggle(`no-${part}`, Boolean(this.prefs[`no-${part}`]));
    this.verdictLine = el("div", { class: "verdicts" });
    this.head = el("div", { class: "heads" });
    this.pane = el("div", { class: "pane", tabindex: "0", role: "grid", "aria-label": "Passages; press ? for the keys" });
    this.none = el("p", { class: "none", hidden: true });
    this.chart = new Chart(this.model, (column, index) => this.jump(column, index), () => this.toggleChart());
    this.chart.node.hidden = !this.prefs.chart;
    this.bar = el("div", { class: "bar" });
    this.said = el("span", { class: "said", role: "status", "aria-live": "polite" });
    this.help = drawHelp(() => this.help.close());
    this.whyBox = el("div", { class: "why", hidden: true, role: "status" });
    this.endsBox = this.drawEnds();
    this.foot = el("div", { class: "foot" }, this.endsBox, this.whyBox, this.said, this.bar);
    const main = el("div", { class: "main" }, this.head, this.pane);
    this.root.replaceChildren(this.drawTools(), this.verdictLine, el("div", { class: "stage" }, main, this.chart.node), this.foot, this.help);
    this.chart.offer();
    this.fitted = 0;
    this.drawVerdicts();
    this.drawHeads();
    this.pane.style.height = `${LOWEST}px`; // a lane without bounds would draw everything
    this.fit();
    this.buildLanes();
    this.refresh(null);
  }

  get mode() {
    return this.model.columns.length > 1 && this.prefs.mode === "own" ? "own" : "rows";
  }

  buildLanes() {
    for (const lane of this.lanes) lane.leave();
    this.pane.replaceChildren(this.none);
    this.pane.className = `pane ${this.mode}${this.at ? " has-selection" : ""}`;
    this.root.classList.toggle("own-order", this.mode === "own");
    const dress = (node, item) => this.dress(node, item);
    if (this.mode === "rows") {
      const box = el("div", { class: "box", role: "rowgroup", tabindex: "-1" });
      this.pane.append(box);
      this.lanes = [new Lane(box, { draw: (row) => this.drawRow(row), dress, guess: (row) => this.guessRow(row), moved: () => this.moved() })];
      return;
    }
    this.gutters = [];
    this.lanes = this.model.columns.map((column, at) => {
      const box = el("div", { class: "box", role: "rowgroup", tabindex: "-1", "aria-label": column.name });
      if (at) this.pane.append((this.gutters[at - 1] = shape("svg", { class: "gutter", "aria-hidden": "true" })));
      this.pane.append(box);
      const lane = new Lane(box, { draw: (item) => this.drawItem(item), dress, guess: (item) => this.guessItem(item), moved: () => this.moved() });
      lane.onScroll = () => this.follow(at);
      return lane;
    });
  }

  // What a lane shows is another part.
  moved() {
    this.marks();
    this.keepWriting();
  }

  fit() {
    if (!this.pane) return;
    const top = this.pane.getBoundingClientRect().top + (this.scroller()?.scrollTop ?? 0);
    const taken = this.pageFoot()?.offsetHeight ?? 0;
    this.foot.style.bottom = `${taken}px`;
    const height = Math.max(LOWEST, Math.floor(window.innerHeight - top - this.foot.offsetHeight - taken - 24));
    if (height === this.fitted) return;
    this.fitted = height;
    this.pane.style.height = `${height}px`;
    this.chart.draw();
  }

  pageFoot() {
    return this.scroller().querySelector(":scope > .stBottom");
  }

  scroller() {
    return this.root.getRootNode().host?.closest(".stMain") ?? document.scrollingElement;
  }

  // What is in each lane, after the model changed

  items() {
    if (this.mode === "rows") return [this.model.rows];
    return this.model.segments.map((segments, column) => {
      const found = [];
      segments.forEach((segment, index) => {
        if (segment.out) {
          const last = found.at(-1);
          if (last?.out === segment.out) last.indices.push(index);
          else if (this.model.filter === "all") found.push({ column, indices: [index], out: segment.out });
        } else if (this.model.keepsNode(column, index)) found.push({ column, indices: [index] });
      });
      for (const item of found) item.key = this.itemKey(item);
      return found;
    });
  }

  itemKey({ column, indices, out }) {
    if (out) return `${column}:${indices[0]}-${indices.at(-1)}`;
    const links = this.model.byNode[column][indices[0]].map((link) => `${link.id}${link.status}${this.model.differs(link)}`);
    return `${column}:${indices[0]}${this.model.aloneKey(column, indices[0])}#${links}`;
  }

  refresh(place) {
    this.version = (this.version ?? 0) + 1;
    const items = this.items();
    this.itemAt = this.mode === "rows" ? this.model.rowAt : items.map((list, column) => {
      const at = new Int32Array(this.model.segments[column].length).fill(-1);
      list.forEach((item, position) => item.indices.forEach((index) => (at[index] = position)));
      return at;
    });
    if (this.at && !this.model.segments[this.at[0]]?.[this.at[1]]) this.at = null;
    this.settling = true; // lanes are drawn one after the other: what lies between them waits for the last
    this.lanes.forEach((lane, number) => {
      const kept = place?.[number];
      const at = kept ? this.nearest(kept.column, kept.index) : 0;
      lane.set(items[number], Math.max(0, at), kept ? kept.below : 0);
    });
    this.settling = false;
    this.none.hidden = items.some((list) => list.length > 0);
    this.drawNone();
    if (this.all.length) this.countMatches();
    this.light(this.at);
    this.drawHeads();
    this.drawCounts();
    this.drawBar();
    this.chart.draw(this.at ? [this.at, ...this.counterparts(...this.at)] : null);
  }

  drawNone() {
    const { filter } = this.model;
    this.none.textContent = this.looksFor(filter) ? "Still looking for where they differ …" : NOTHING[filter];
  }

  // Where the reader is in each lane, by passage: the selected one where it is in sight.
  place() {
    if (!this.itemAt) return null;
    return this.lanes.map((lane, number) => {
      const mine = this.at && (this.mode === "rows" || this.at[0] === number) ? this.itemAt[this.at[0]][this.at[1]] : -1;
      const { item, below } = lane.place(mine);
      if (!item) return null;
      if (item === lane.items[mine]) return { column: this.at[0], index: this.at[1], below };
      const column = item.cells ? item.cells.findIndex((cell) => cell.length) : item.column;
      return { column, index: item.cells ? item.cells[column][0].indices[0] : item.indices[0], below };
    });
  }

  // The item of a passage, or of the next one that the filter shows.
  nearest(column, index) {
    const places = this.itemAt[column];
    for (let at = index; at < places.length; at++) if (places[at] >= 0) return places[at];
    for (let at = index; at >= 0; at--) if (places[at] >= 0) return places[at];
    return -1;
  }

  letter(at) {
    return String.fromCharCode(65 + at);
  }

  indicesIn(item, column) {
    if (!item) return [];
    if (!item.cells) return item.column === column ? item.indices : [];
    return item.cells[column].flatMap((run) => run.indices);
  }
}

const NOTHING = {
  all: "There is nothing to show.",
  linked: "No passage has a counterpart.",
  only: "Every passage has a counterpart.",
  disagree: "No linked passages were found to disagree.",
  doubtful: "No link is doubtful.",
  unreviewed: "Every link has been reviewed.",
  reworded: "Linked passages in one language are the same word by word.",
};

// The parts of a view stand in files of their own, and know one another by `this`.
for (const part of [wire, tools, heads, rows, selection, ribbons, events, addresses, bar, editing, writing]) {
  Object.defineProperties(View.prototype, Object.getOwnPropertyDescriptors(part));
}
