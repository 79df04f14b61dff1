// The Compare table. The server sends documents and links once, then only what changed (workbench/ui/feed.py); a
// request goes back at a time, as the component's state `asked`. Everything else happens here.

const LONG = 1500;
const ENDS = "ends doubtful";
const views = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = new View(parentElement.querySelector(".wb"));
    views.set(parentElement, view);
  }
  view.send = (request) => setStateValue("asked", request);
  view.show(data);
  return () => view.leave();
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
    this.queue = [];
    this.asked = 0;
    this.have = 0;
    this.lanes = [];
    this.at = null; // the selected passage, [column, index]
    this.other = null; // the column that edits are about besides, where there are more than two
    this.from = null; // where a selection of several began
    this.lit = new Set();
    this.matches = [];
    this.listen();
  }

  listen() {
    const root = this.root;
    on(root, "mouseover", (event) => this.hover(event.target));
    on(root, "mouseleave", () => this.light(this.at));
    on(root, "click", (event) => this.clicked(event));
    on(root, "keydown", (event) => this.key(event));
    this.outer = (event) => {
      if (this.editable && (document.activeElement === document.body || this.isFind(event))) this.key(event);
    };
    this.resize = () => this.fit();
    window.addEventListener("keydown", this.outer);
    window.addEventListener("resize", this.resize);
  }

  leave() {
    window.removeEventListener("keydown", this.outer);
    window.removeEventListener("resize", this.resize);
    for (const lane of this.lanes) lane.observer.disconnect();
  }

  // What comes from the server and goes to it

  show(data) {
    if (data.session !== this.session) this.begin(data.session);
    this.asked = Math.max(this.asked, data.done);
    if (this.flight && data.done >= this.flight.n) this.flight = null;
    for (const message of data.messages) if (message.n > this.have) this.take(message);
    if (this.have < data.last && !this.flight && !this.queue.some((one) => one.do === "all")) this.queue.unshift({ do: "all" });
    this.pump();
    requestAnimationFrame(() => this.fit());
  }

  begin(session) {
    if (this.flight?.edits || this.queue.some((one) => one.edits)) this.tell("The connection was lost: the last change may not be saved.", "error");
    Object.assign(this, { session, have: 0, asked: 0, flight: null, queue: [] });
  }

  take(message) {
    if (!message.all && message.n !== this.have + 1) return;
    this.have = message.n;
    if (message.state !== undefined) this.state = message.state;
    if (message.all) this.takeAll(message);
    else this.takeChange(message);
    if (message.said) this.tell(message.said, message.tone);
    this.root.dataset.state = this.state;
  }

  takeAll(message) {
    const first = !this.pane || this.columnIds !== message.all.columns.map((column) => column.id).join();
    const place = first ? null : this.place();
    this.columnIds = message.all.columns.map((column) => column.id).join();
    const least = this.prefs.least;
    this.model.takeAll(message.all);
    if (first && least !== undefined && this.editable) this.model.least = least;
    this.verdicts = message.verdicts ?? [];
    if (first) {
      this.at = null;
      this.model.filter = "all";
      this.pin(message.at);
      this.model.derive();
      this.build();
      this.open(message.at);
    } else {
      for (const lane of this.lanes) lane.forget();
      this.refresh(place);
    }
    if (this.editable) this.checkLater({ from: 0 });
  }

  takeChange(message) {
    const place = this.place();
    if (message.links || message.gone || message.segments || Object.keys(message.disagree ?? {}).length) {
      this.model.takeChange(message);
      if (message.segments?.length) for (const lane of this.lanes) lane.forget();
      this.refresh(place);
    }
    if (message.verdicts) {
      this.verdicts = message.verdicts;
      this.drawVerdicts();
    }
    if (message.unchecked) this.checkLater();
    if (message.working) this.waitForWork();
    if (message.links || message.gone) this.askVerdictsLater();
  }

  get editable() {
    return Boolean(this.model.reviewable);
  }

  ask(request) {
    this.queue.push(request);
    this.queue.sort((a, b) => Boolean(b.edits) - Boolean(a.edits));
    this.pump();
  }

  pump() {
    if (this.flight || !this.queue.length) return;
    const request = { ...this.queue.shift(), n: ++this.asked };
    if (this.editable) this.flight = request;
    this.send({ session: this.session, have: this.have, state: this.state, ...request });
  }

  change(request) {
    this.quietFrom = performance.now() + 1500;
    this.ask({ ...request, edits: true });
  }

  // Links are looked at for disagreements a stretch at a time, and not while somebody is at work.
  checkLater(more = {}) {
    clearTimeout(this.checkTimer);
    const wait = Math.max(50, (this.quietFrom ?? 0) - performance.now());
    this.checkTimer = setTimeout(() => {
      if (performance.now() < (this.quietFrom ?? 0)) this.checkLater(more);
      else this.ask({ do: "check", ...more });
    }, wait);
  }

  waitForWork() {
    this.tell("Aligning these passages again …");
    clearTimeout(this.workTimer);
    this.workTimer = setTimeout(() => this.ask({ do: "wait" }), 300);
  }

  askVerdictsLater() {
    clearTimeout(this.verdictTimer);
    this.verdictTimer = setTimeout(() => this.ask({ do: "verdicts", least: this.model.least }), 1000);
  }

  // Building the page

  build() {
    for (const lane of this.lanes) lane.leave();
    this.lanes = [];
    const columns = this.model.columns.length;
    this.root.style.setProperty("--columns", columns);
    this.root.classList.toggle("single", !this.editable);
    for (const part of ["original", "english"]) this.root.classList.toggle(`no-${part}`, Boolean(this.prefs[`no-${part}`]) && this.editable);
    this.verdictLine = el("div", { class: "verdicts" });
    this.head = el("div", { class: "heads" });
    this.pane = el("div", { class: "pane", tabindex: "0", role: "grid", "aria-label": "Passages; press ? for the keys" });
    this.none = el("p", { class: "none", hidden: true });
    this.chart = new Chart(this.model, (column, index) => this.jump(column, index), () => this.toggleChart());
    this.chart.node.hidden = !this.prefs.chart;
    this.bar = el("div", { class: "bar" });
    this.said = el("span", { class: "said", role: "status", "aria-live": "polite" });
    this.help = drawHelp(this.editable, () => this.help.close());
    this.whyBox = el("div", { class: "why", hidden: true, role: "status" });
    this.foot = el("div", { class: "foot" }, this.whyBox, this.said, this.bar);
    const main = el("div", { class: "main" }, this.head, this.pane);
    this.root.replaceChildren(...(this.editable ? [this.drawTools(), this.verdictLine] : []),
      el("div", { class: "stage" }, main, ...(this.editable ? [this.chart.node] : [])),
      ...(this.editable ? [this.foot] : []), this.help);
    this.chart.offer();
    this.fitted = 0;
    this.drawVerdicts();
    this.drawHeads();
    this.pane.style.height = "380px"; // a lane without bounds would draw everything
    this.fit();
    this.buildLanes();
    this.refresh(null);
  }

  get mode() {
    return this.editable && this.model.columns.length > 1 && this.prefs.mode === "own" ? "own" : "rows";
  }

  buildLanes() {
    for (const lane of this.lanes) lane.leave();
    this.pane.replaceChildren(this.none);
    this.pane.className = `pane ${this.mode}${this.at ? " has-selection" : ""}`;
    this.root.classList.toggle("own-order", this.mode === "own");
    const dress = (node, item) => this.dress(node, item);
    if (this.mode === "rows") {
      const box = el("div", { class: "box", role: "presentation" });
      this.pane.append(box);
      this.lanes = [new Lane(box, { draw: (row) => this.drawRow(row), dress, guess: (row) => this.guessRow(row), moved: () => this.marks() })];
      return;
    }
    this.gutters = [];
    this.lanes = this.model.columns.map((column, at) => {
      const box = el("div", { class: "box", role: "rowgroup", "aria-label": column.name });
      if (at) this.pane.append((this.gutters[at - 1] = shape("svg", { class: "gutter", "aria-hidden": "true" })));
      this.pane.append(box);
      const lane = new Lane(box, { draw: (item) => this.drawItem(item), dress, guess: (item) => this.guessItem(item), moved: () => this.marks() });
      lane.onScroll = () => this.follow(at);
      return lane;
    });
  }

  fit() {
    if (!this.pane) return;
    if (!this.editable) {
      const total = this.lanes[0]?.tops.at(-1) || 400;
      this.pane.style.height = `${Math.min(total + 8, 0.7 * window.innerHeight)}px`;
      return;
    }
    const top = this.pane.getBoundingClientRect().top + (this.scroller()?.scrollTop ?? 0);
    const height = Math.max(380, Math.floor(window.innerHeight - top - this.foot.offsetHeight - 24));
    if (height === this.fitted) return;
    this.fitted = height;
    this.pane.style.height = `${height}px`;
    this.chart.draw();
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
    const links = this.model.byNode[column][indices[0]].map((link) => `${link.id}${link.status}${this.model.moved.has(link.id)}${link.disagree?.length ?? ""}`);
    return `${column}:${indices[0]}${this.model.alone.has(`${column}:${indices[0]}`) ? "n" : ""}#${links}`;
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
    this.none.textContent = this.model.filter === "all" ? "There is nothing to show." : NOTHING[this.model.filter];
    this.light(this.at);
    this.drawHeads();
    this.drawCounts();
    this.drawBar();
    this.chart.draw(this.at ? [this.at, ...this.counterparts(...this.at)] : null);
    if (!this.editable) this.fit();
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

  // Tools

  drawTools() {
    this.choices = new Map(FILTERS.map(([name, label, tells]) => [name, this.drawFilter(name, label, tells)]));
    const filters = el("div", { class: "filters", role: "group", "aria-label": "Show" }, ...this.choices.values());
    this.own = on(el("button", { type: "button", class: "tool", "aria-pressed": String(this.prefs.mode === "own"), title: "Each document in its own order, links drawn between (V)" }, "Own order"), "click", () => this.switchMode());
    this.mapButton = on(el("button", { type: "button", class: "tool", "aria-pressed": String(Boolean(this.prefs.chart)), title: "Dot plot: where the links are, what moved, what is missing (D)" }, "Map"), "click", () => this.toggleChart());
    this.ticks = Object.fromEntries([["original", "Originals", "O"], ["english", "English", "T"]].map(([part, label, key]) => [part, this.drawTick(part, label, key)]));
    const keys = on(el("button", { type: "button", class: "tool", title: "Keys (?)", "aria-label": "Keys" }, "?"), "click", () => this.toggleHelp());
    const slider = on(el("input", { type: "range", min: "0", max: "100", step: "1", value: String(Math.round(100 * this.model.least)), "aria-label": "Show links from this confidence on" }), "input", (event) => this.setLeast(Number(event.target.value) / 100));
    this.slider = slider;
    this.hiddenLinks = el("span", { class: "quiet hidden-links" });
    const sure = el("label", { class: "least", title: "How sure a link has to be to be shown. To the left, more links and more wrong ones; to the right, only what is sure. Accepted links are always shown." }, el("span", { class: "words" }, "Links from "), slider, this.hiddenLinks);
    return el("div", { class: "tools" }, filters, this.drawSearch(), el("span", { class: "space" }), sure,
      el("span", { class: "group" }, this.ticks.original, this.ticks.english), el("span", { class: "group" }, this.own, this.mapButton, keys));
  }

  drawFilter(name, label, tells) {
    const number = el("span", { class: "count" });
    return on(el("button", { type: "button", "aria-pressed": "false", title: `${tells} (${FILTERS.findIndex(([one]) => one === name) + 1})`, "data-filter": name }, label, " ", number), "click", () => this.setFilter(name));
  }

  drawTick(part, label, key) {
    const input = on(el("input", { type: "checkbox", checked: !this.prefs[`no-${part}`] }), "change", () => this.togglePart(part));
    return el("label", { class: "tick", title: `Hide or show (${key})` }, input, label);
  }

  drawSearch() {
    this.searchBox = el("input", { type: "search", placeholder: "Search", "aria-label": "Search originals and English", title: "Search originals and English (F); Enter: next, Shift Enter: previous", value: "" });
    this.hits = el("span", { class: "quiet hits", role: "status", "aria-live": "polite" });
    const step = (label, by, name) => on(el("button", { type: "button", class: "tool", "aria-label": label, title: label }, icon(name)), "click", () => this.nextMatch(by));
    this.steps = el("span", { class: "steps", hidden: true }, this.hits, step("Previous match", -1, "up"), step("Next match", 1, "down"));
    on(this.searchBox, "input", () => {
      clearTimeout(this.searching);
      this.searching = setTimeout(() => this.search(), 80);
    });
    return el("span", { class: "search", role: "search" }, icon("search"), this.searchBox, this.steps);
  }

  drawCounts() {
    if (!this.choices) return;
    const counts = this.model.counts();
    for (const [name, button] of this.choices) {
      button.querySelector(".count").textContent = name === "all" ? "" : counts[name].toLocaleString("en");
      button.setAttribute("aria-pressed", String(this.model.filter === name));
    }
    const hidden = this.model.hidden ? el("span", { class: "hidden-count" }, `, ${this.model.hidden.toLocaleString("en")} hidden`) : "";
    this.hiddenLinks.replaceChildren(`${Math.round(100 * this.model.least)} %`, hidden);
  }

  drawVerdicts() {
    const letters = this.model.columns.length > 2;
    this.verdictLine.replaceChildren(...this.verdicts.map(({ at, text, tone }) =>
      el("p", { class: tone ?? "" }, letters && at ? `${this.letter(at[0])} and ${this.letter(at[1])}: ` : "", text)));
  }

  letter(at) {
    return String.fromCharCode(65 + at);
  }

  drawHeads() {
    this.head.hidden = !this.editable;
    if (!this.editable) return;
    this.views = [];
    const heads = this.model.columns.map((column, at) => this.drawColumnHead(column, at));
    this.head.replaceChildren(el("span", { class: "edge" }), ...heads);
    this.marks();
  }

  drawColumnHead(column, at) {
    const strip = el("div", { class: "strip", "aria-hidden": "true", title: "The whole document: coloured where it has a counterpart, grey where it is left out; click to go there" });
    for (const [linked, out] of this.model.strip(at)) {
      strip.append(el("i", { class: out > 0.5 ? "left" : "linked", style: out > 0.5 ? "" : `opacity: ${linked.toFixed(2)}` }));
    }
    strip.append((this.views[at] = el("b", { class: "here" })));
    on(strip, "click", (event) => {
      const box = strip.getBoundingClientRect();
      const wanted = Math.floor((this.model.segments[at].length * (event.clientX - box.left)) / box.width);
      this.jump(at, Math.max(0, Math.min(this.model.segments[at].length - 1, wanted)));
    });
    const { included, linked, out } = this.model.coverage(at);
    const told = column.aligned ? `${linked.toLocaleString("en")} of ${count(included, "passage")} ${included === 1 ? "has" : "have"} a counterpart` : `${count(included, "passage")}, not aligned yet`;
    const covered = [told, out ? `${out.toLocaleString("en")} left out` : "", column.note].filter(Boolean).join(" · ");
    return el("div", { class: "column-head" },
      el("div", { class: "title" }, this.model.columns.length > 2 ? el("span", { class: "letter" }, this.letter(at)) : null,
        el("strong", { dir: "auto", title: column.title || column.name }, column.name), el("span", { class: "language" }, column.language)),
      strip, el("div", { class: "covered" }, covered));
  }

  // Where the reader is, on the strips; and the links between columns that stand in their own order.
  marks() {
    if (!this.views || !this.itemAt || this.settling || !this.lanes.length) return;
    this.views.forEach((mark, column) => {
      const lane = this.mode === "rows" ? this.lanes[0] : this.lanes[column];
      if (!lane?.items.length) return;
      const { scrollTop, clientHeight } = lane.box;
      const seen = [];
      for (let at = lane.indexAt(scrollTop); at <= lane.indexAt(scrollTop + clientHeight); at++) seen.push(...this.indicesIn(lane.items[at], column));
      const total = this.model.segments[column].length || 1;
      mark.hidden = !seen.length;
      if (!seen.length) return;
      const middle = seen.sort((a, b) => a - b)[seen.length >> 1];
      mark.style.insetInlineStart = `${(100 * middle) / total}%`;
    });
    if (this.mode === "own") this.drawRibbons();
  }

  indicesIn(item, column) {
    if (!item) return [];
    if (!item.cells) return item.column === column ? item.indices : [];
    return item.cells[column].flatMap((run) => run.indices);
  }

  // Rows

  guessRow(row) {
    const lines = row.cells.map((cell) => cell.reduce((sum, run) => sum + (run.kind === "out" ? 2 : run.indices.reduce((all, index) => all + 3 + (this.length(cell, row, index) >> 6), 0)), 0));
    return 18 + 22 * Math.max(1, ...lines);
  }

  length(cell, row, index) {
    const segment = this.model.segments[row.cells.indexOf(cell)][index];
    return Math.min(LONG, segment.text.length) + Math.min(LONG, segment.english?.length ?? 0);
  }

  guessItem(item) {
    if (item.out) return 44;
    const segment = this.model.segments[item.column][item.indices[0]];
    return 40 + 22 * ((Math.min(LONG, segment.text.length) + Math.min(LONG, segment.english?.length ?? 0)) >> 6);
  }

  drawRow(row) {
    const linked = row.links.length > 0;
    const rejected = linked && row.links.every((link) => link.status === "rejected");
    const band = ["doubtful", "likely", "sure"].find((name) => row.links.some((link) => link.band === name)) ?? "";
    const cells = row.cells.map((cell, column) => this.drawCell(cell, column, linked));
    return el("div", { class: `row ${linked ? "linked-row" : "gap-row"} ${band}${rejected ? " rejected-row" : ""}`, role: "row" },
      this.drawMark(row.links, band), this.drawRemarks(row.links), ...cells);
  }

  drawMark(links, band) {
    if (!links.length) return el("span", { class: "mark", role: "presentation" });
    const status = links.every((link) => link.status === "accepted") ? "accepted" : links.every((link) => link.status === "rejected") ? "rejected" : "";
    const why = links.map((link) => this.inWords(link)).join("\n\n");
    return el("span", { class: "mark", role: "rowheader" },
      el("button", { type: "button", class: `dot ${status}`, tabindex: "-1", title: why, "aria-label": `${band}${status ? `, ${status}` : ""}: why?`, "data-do": "why" },
        status ? icon(status === "accepted" ? "accept" : "reject") : null));
  }

  // What is out of the ordinary, in words; what is sure and in its place needs none.
  drawRemarks(links) {
    const chips = links.flatMap((link) => this.remarks(link).map(([kind, label, tells]) => el("span", { class: `chip ${kind}`, title: tells }, this.between(links, link) + label)));
    return chips.length ? el("div", { class: "remarks", role: "presentation" }, ...chips) : null;
  }

  between(links, link) {
    return links.length > 1 ? `${this.letter(link.at[0])}–${this.letter(link.at[1])} ` : "";
  }

  remarks(link) {
    const found = [];
    if (link.review) found.push(["plain", link.review, ""]);
    if (link.status === "rejected") return found;
    if (link.band === "doubtful" && link.status === "unreviewed") found.push(["doubtful", "doubtful", link.why.join("\n")]);
    if (link.endsDoubtful) found.push(["ends", ENDS, link.why.join("\n")]);
    if (link.disagree?.length) {
      const kinds = [...new Set(link.disagree.map((one) => one.kind))];
      found.push(["differs-chip", `${kinds.join(", ")} ${kinds.length === 1 ? "differs" : "differ"}`, link.disagree.map((one) => one.reason).join("\n")]);
    }
    if (this.model.moved.has(link.id)) found.push(["plain", "moved", `Told in another place in ${this.model.columns[link.at[1]].name}`]);
    return found;
  }

  inWords(link) {
    const side = (at, indices) => (this.model.columns.length > 2 ? `${this.letter(at)} ` : "") + numbers(indices);
    return [`${side(link.at[0], link.left)} ↔ ${side(link.at[1], link.right)}: ${link.band}${link.review ? `, ${link.review}` : ""}`, ...link.why].join("\n");
  }

  drawCell(cell, column, linked) {
    const runs = cell.map((run) => this.drawRun(run, column));
    const aligned = this.model.columns[column].aligned;
    const empty = linked && !runs.length ? el("p", { class: "nothing" }, aligned ? "nothing on this here" : "not aligned yet") : null;
    return el("div", { class: "cell", role: "gridcell", "data-name": this.model.columns[column].name }, ...runs, empty);
  }

  drawRun(run, column) {
    if (run.kind === "out") return this.drawOut(run.indices, column);
    const segments = run.indices.map((index) => this.drawSegment(column, index));
    if (run.kind === "linked") return el("div", { class: "run" }, ...segments);
    const tag = this.model.columns[column].aligned ? el("p", { class: "only-tag" }, "only here") : null;
    return el("div", { class: "run only" }, tag, ...segments);
  }

  drawOut(indices, column) {
    const of = indices.map((index) => this.model.segments[column][index]);
    const details = el("details", { class: "run out" }, el("summary", { tabindex: "-1" }, `${passages(indices)} left out: ${of[0].out}`));
    on(details, "toggle", () => {
      if (details.childElementCount === 1) {
        const reasons = [...new Set(of.map((segment) => segment.reason).filter(Boolean))];
        details.append(this.drawInclude(of, true, "Bring back"), el("ul", {}, ...reasons.map((reason) => el("li", { dir: "auto" }, reason))),
          ...indices.map((index) => this.drawSegment(column, index)));
      }
      for (const lane of this.lanes) lane.render();
    });
    return details;
  }

  drawInclude(segments, included, label) {
    return on(el("button", { type: "button", class: "small" }, label), "click", () =>
      this.change({ do: "include", segments: segments.map((segment) => segment.id), included }));
  }

  drawItem(item) {
    if (item.out) return el("div", { class: "item gap-row", role: "row" }, el("div", { role: "gridcell" }, this.drawOut(item.indices, item.column)));
    const links = this.model.byNode[item.column][item.indices[0]];
    const band = ["doubtful", "likely", "sure"].find((name) => links.some((link) => link.band === name)) ?? "";
    const rejected = links.length && links.every((link) => link.status === "rejected") ? " rejected-row" : "";
    const first = links.filter((link) => link.at[0] === item.column && link.left[0] === item.indices[0]);
    return el("div", { class: `item ${links.length ? "linked-row" : "gap-row"} ${band}${rejected}`, role: "row" },
      el("div", { class: "cell", role: "gridcell" }, this.drawRemarks(first), this.drawSegment(item.column, item.indices[0])));
  }

  drawSegment(column, index) {
    const segment = this.model.segments[column][index];
    const long = segment.text.length > LONG;
    const alone = this.model.alone.get(`${column}:${index}`);
    const removable = !this.editable && !segment.out;
    return el("div", { class: `segment ${segment.kind ?? "body"}-kind${segment.english ? " has-english" : ""}`, "data-node": `${column}:${index}`, id: `s${column}-${index}` },
      el("span", { class: "number" }, String(index + 1)),
      segment.speaker ? el("span", { class: "speaker", dir: "auto" }, segment.speaker) : null,
      el("p", { class: `original${long ? " long" : ""}`, lang: segment.lang ?? this.model.columns[column].lang, dir: "auto" },
        ...marked(segment.text, [...this.model.found(segment.text), ...this.model.disagreeing(column, index)])),
      this.drawEnglish(segment, column, index),
      segment.note ? el("p", { class: `note ${segment.note.split(/\W/, 1)[0]}` }, segment.note) : null,
      alone && !this.model.byNode[column][index].length ? el("p", { class: "note not" }, `no counterpart${alone.reviewer ? `, says ${alone.reviewer}` : ""}`) : null,
      removable ? this.drawInclude([segment], false, "Leave out") : null);
  }

  drawEnglish(segment, column, index) {
    if (this.writing?.column === column && this.writing.index === index) return this.writing.field;
    if (!segment.english) return null;
    const long = segment.english.length > LONG;
    return el("p", { class: `english${long ? " long" : ""}`, lang: "en", dir: "auto", title: segment.by }, ...marked(segment.english, this.model.found(segment.english)));
  }

  // What is selected and lit

  dress(node, item) {
    for (const segment of node.querySelectorAll("[data-node]")) {
      const name = segment.dataset.node;
      segment.classList.toggle("lit", this.lit.has(name));
      segment.classList.toggle("selected", this.isSelected(name));
      segment.classList.toggle("picked", Boolean(this.picking?.has(name)));
      segment.classList.toggle("match", this.matchName === name);
    }
    node.classList.toggle("current", this.at !== null && this.indicesIn(item, this.at[0]).includes(this.at[1]));
  }

  isSelected(name) {
    if (!this.at) return false;
    const [column, index] = name.split(":").map(Number);
    const [low, high] = this.range();
    return column === this.at[0] && index >= low && index <= high;
  }

  range() {
    const from = this.from ?? this.at[1];
    return [Math.min(from, this.at[1]), Math.max(from, this.at[1])];
  }

  counterparts(column, index) {
    return (this.model.byNode[column]?.[index] ?? []).flatMap((link) => this.model.nodesOf(link));
  }

  hover(target) {
    const name = target.closest?.("[data-node]")?.dataset.node;
    if (name === this.hovered) return;
    this.hovered = name;
    this.light(name ? name.split(":").map(Number) : this.at);
  }

  light(node) {
    this.lit = new Set(node ? this.counterparts(...node).map((one) => one.join(":")) : []);
    for (const lane of this.lanes) lane.redress();
    if (this.mode === "own") this.drawRibbons();
  }

  select(column, index, { extend = false, share = undefined, quiet = false } = {}) {
    if (!this.model.segments[column]?.[index]) return;
    if (!extend) this.from = null;
    else if (this.at?.[0] === column) this.from ??= this.at[1];
    this.at = [column, index];
    this.whyBox.hidden = true;
    if (share !== undefined) this.reveal(column, index, share);
    this.light(this.at);
    if (this.mode === "own" && !quiet) this.bring(column, index);
    this.pane.setAttribute("aria-activedescendant", `s${column}-${index}`);
    this.pane.classList.add("has-selection");
    this.drawBar();
    this.chart.draw([this.at, ...this.counterparts(column, index)]);
    this.writeAddress();
  }

  reveal(column, index, share = null) {
    let at = this.itemAt[column][index];
    if (at < 0) {
      this.setFilter("all");
      at = this.itemAt[column][index];
    }
    this.lanes[this.mode === "rows" ? 0 : column].reveal(at, share);
  }

  jump(column, index) {
    this.select(column, index, { share: 0.35 });
    this.pane.focus({ preventScroll: true });
  }

  // In their own order, the counterpart comes beside the passage that is selected.
  bring(column, index) {
    const y = this.top(column, index);
    for (const [other, place] of this.counterparts(column, index).reverse()) {
      if (other === column || this.itemAt[other][place] < 0) continue;
      const lane = this.lanes[other];
      for (let pass = 0; pass < 2; pass++) {
        lane.scrollTo(lane.tops[this.itemAt[other][place]] - y);
        lane.render();
      }
    }
  }

  top(column, index) {
    const lane = this.lanes[column];
    return lane.tops[this.itemAt[column][index]] - lane.box.scrollTop;
  }

  // Scrolling one document moves the others to what stands beside it, by the links that keep the order.
  follow(column) {
    const lane = this.lanes[column];
    const line = lane.box.clientHeight * 0.35;
    this.lanes.forEach((other, at) => {
      if (at === column) return;
      const y = this.across(column, at, lane.box.scrollTop + line);
      if (y === null) return;
      other.scrollTo(y - line);
      other.render();
    });
    this.drawRibbons();
  }

  across(column, other, y) {
    const [a, b] = [Math.min(column, other), Math.max(column, other)];
    const side = column === a ? ["left", "right"] : ["right", "left"];
    let before = null;
    let after = null;
    for (const link of this.model.shown) {
      if (link.at[0] !== a || link.at[1] !== b || link.status === "rejected" || this.model.moved.has(link.id)) continue;
      const [here, there] = [this.itemAt[column][link[side[0]][0]], this.itemAt[other][link[side[1]][0]]];
      if (here < 0 || there < 0) continue;
      const point = [this.lanes[column].tops[here], this.lanes[other].tops[there]];
      if (point[0] <= y && (!before || point[0] > before[0])) before = point;
      if (point[0] > y && (!after || point[0] < after[0])) after = point;
    }
    if (!before && !after) return null;
    const first = before ?? [0, 0];
    const last = after ?? [this.lanes[column].tops.at(-1), this.lanes[other].tops.at(-1)];
    return first[1] + ((last[1] - first[1]) * (y - first[0])) / Math.max(1, last[0] - first[0]);
  }

  drawRibbons() {
    (this.gutters ?? []).forEach((svg, at) => {
      const height = this.lanes[at].box.clientHeight;
      const paths = [];
      for (const link of this.ribbonsOf(at)) {
        const ends = [this.span(at, link.left, height), this.span(at + 1, link.right, height)];
        if (!ends[0] || !ends[1] || (ends[0].out && ends[1].out)) continue;
        const lit = this.model.nodesOf(link).some((node) => this.lit.has(node.join(":")));
        const far = ends[0].out || ends[1].out ? " far" : "";
        const [[a, b], [c, d]] = ends.map((end) => end.span);
        paths.push(shape("path", { class: `${link.status === "rejected" ? "rejected" : link.band}${lit ? " lit" : ""}${far}`, d: `M0 ${a}C16 ${a} 16 ${c} 32 ${c}V${d}C16 ${d} 16 ${b} 0 ${b}Z` }));
      }
      svg.replaceChildren(...paths);
    });
  }

  // The links between two neighbouring columns that have an end in sight.
  ribbonsOf(at) {
    const found = new Set();
    for (const column of [at, at + 1]) {
      const lane = this.lanes[column];
      for (let item = lane.first; item <= lane.last; item++) {
        for (const index of lane.items[item]?.indices ?? []) {
          for (const link of this.model.byNode[column][index]) if (link.at[0] === at && link.at[1] === at + 1) found.add(link);
        }
      }
    }
    return found;
  }

  span(column, indices, height) {
    const lane = this.lanes[column];
    const places = indices.map((index) => this.itemAt[column][index]).filter((at) => at >= 0);
    if (!places.length) return null;
    const top = lane.tops[Math.min(...places)] - lane.box.scrollTop + 4;
    const bottom = lane.tops[Math.max(...places) + 1] - lane.box.scrollTop - 4;
    const out = bottom < 0 || top > height;
    const clamp = (y) => Math.max(-30, Math.min(height + 30, y));
    return { span: [clamp(top), clamp(bottom)], out };
  }

  // Mouse and keys

  clicked(event) {
    const target = event.target;
    const segment = target.closest("[data-node]");
    const row = target.closest(".row, .item");
    if (target.closest("[data-do=why]")) this.whyOf(row);
    else if (segment && !target.closest("button, textarea, summary") && !getSelection()?.toString()) {
      const [column, index] = segment.dataset.node.split(":").map(Number);
      if (this.picking && column !== this.picking.column) this.pick(column, index);
      else this.select(column, index, { extend: event.shiftKey });
      this.pane.focus({ preventScroll: true });
    }
  }

  isFind(event) {
    return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f" && this.editable && this.searchBox !== this.root.getRootNode().activeElement;
  }

  key(event) {
    this.quietFrom = performance.now() + 700;
    const inside = event.currentTarget === this.root;
    if (inside) event.stopPropagation(); // Streamlit's own keys are for the rest of the page
    if (this.isFind(event)) {
      event.preventDefault();
      return this.openSearch();
    }
    if (event.target.closest?.("textarea")) return undefined;
    if (event.target === this.searchBox || event.composedPath()[0] === this.searchBox) return this.keyInSearch(event);
    if (event.composedPath()[0].matches?.("select, input")) return undefined;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && this.editable) {
      event.preventDefault();
      return event.shiftKey ? this.redo() : this.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (this.move(event) || this.act(event)) event.preventDefault();
    return undefined;
  }

  act(event) {
    if (event.key === "Escape") return this.escape();
    if (event.key === "Enter" && event.composedPath()[0].matches?.("button, summary")) return false;
    if (event.key === "Enter") return this.picking ? this.finishLink() || true : false;
    if (!this.editable) return false;
    if (/^[1-6]$/.test(event.key)) {
      this.setFilter(FILTERS[Number(event.key) - 1][0]);
      return true;
    }
    const action = BY_KEY.get(ALIASES[event.key] ?? event.key);
    if (!action) return false;
    this.run(action);
    return true;
  }

  run(action) {
    if (!action.always && action.edits && !this.at && !action.does.endsWith("Unreviewed")) return this.tell("Choose a passage first: click it, or press an arrow key.");
    this[action.does]();
    return undefined;
  }

  escape() {
    if (this.help.open) this.help.close();
    else if (this.picking) this.stopPicking();
    else if (!this.whyBox.hidden) this.whyBox.hidden = true;
    else if (this.from !== null) {
      this.from = null;
      this.light(this.at);
      this.drawBar();
    } else return false;
    return true;
  }

  move(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, ArrowLeft: 0, ArrowRight: 0, Home: 0, End: 0, PageDown: 10, PageUp: -10 };
    if (!(event.key in steps) || event.composedPath()[0].matches?.("input, select")) return false;
    if (!this.at) return this.enter();
    const [column, index] = this.at;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.sideways(event.key === "ArrowRight" ? 1 : -1);
    else if (event.key === "Home" || event.key === "End") this.select(column, event.key === "Home" ? 0 : this.model.segments[column].length - 1, { share: 0.35 });
    else this.step(column, index, steps[event.key], event.shiftKey);
    return true;
  }

  // The first passage in sight.
  enter() {
    const place = this.place()?.find(Boolean);
    if (place) this.select(place.column, place.index, { share: null });
    return Boolean(place);
  }

  // Up and down a column, as it stands on the page.
  step(column, index, by, extend) {
    const order = this.order(column);
    const at = order.indexOf(index) + by;
    const next = order[Math.max(0, Math.min(order.length - 1, at))];
    if (next !== undefined) this.select(column, next, { extend, share: null });
  }

  order(column) {
    if (this.orderOf?.version !== this.version || this.orderOf.column !== column) {
      const items = this.mode === "rows" ? this.model.rows : this.lanes[column].items;
      this.orderOf = { version: this.version, column, order: items.flatMap((item) => this.indicesIn(item, column)).filter((index) => !this.model.segments[column][index].out) };
    }
    return this.orderOf.order;
  }

  sideways(by) {
    const [column, index] = this.at;
    const other = column + by;
    if (!this.model.columns[other]) return;
    const link = this.model.byNode[column][index].find((one) => one.at.includes(other));
    if (link) this.select(other, (link.at[0] === other ? link.left : link.right)[0], { share: null });
    else this.select(other, this.beside(column, index, other), { share: null, quiet: true });
  }

  // The passage of another column that stands nearest on the page.
  beside(column, index, other) {
    if (this.mode === "own") {
      const lane = this.lanes[other];
      return lane.items[lane.indexAt(lane.box.scrollTop + Math.max(0, this.top(column, index)))]?.indices[0] ?? 0;
    }
    const row = this.model.rowAt[column][index];
    for (let far = 0; far < this.model.rows.length; far++) {
      for (const at of [row + far, row - far]) {
        const found = this.indicesIn(this.model.rows[at], other);
        if (found.length) return found[0];
      }
    }
    return 0;
  }

  // Filters, search, what is shown

  setFilter(name) {
    const place = this.place();
    this.model.filter = name;
    this.model.touched.clear();
    this.model.applyFilter();
    this.refresh(place);
  }

  setLeast(least) {
    const place = this.place();
    this.model.least = least;
    this.model.derive();
    this.refresh(place);
    this.slider.value = String(Math.round(100 * least));
    this.keep({ least });
    this.askVerdictsLater();
  }

  search() {
    this.matches = this.model.search(this.searchBox.value);
    this.steps.hidden = !this.model.query;
    for (const lane of this.lanes) lane.redraw();
    this.matchAt = -1;
    this.matchName = null;
    if (this.matches.length) this.nextMatch(0);
    else this.hits.textContent = "not found";
  }

  nextMatch(by) {
    if (!this.matches.length) return;
    const start = this.matchAt < 0 ? this.firstMatchInSight() : this.matchAt + by;
    this.matchAt = (start + this.matches.length) % this.matches.length;
    const [column, index] = this.matches[this.matchAt];
    this.matchName = `${column}:${index}`;
    this.hits.textContent = `${(this.matchAt + 1).toLocaleString("en")} of ${this.matches.length.toLocaleString("en")}`;
    this.select(column, index, { share: 0.35 });
  }

  firstMatchInSight() {
    const lane = this.lanes[0];
    const top = lane.indexAt(lane.box.scrollTop);
    return Math.max(0, this.matches.findIndex(([column, index]) => this.mode === "own" ? column === 0 && this.itemAt[0][index] >= top : this.itemAt[column][index] >= top));
  }

  keyInSearch(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(this.searching);
      if (this.model.query !== this.searchBox.value.trim()) this.search();
      else this.nextMatch(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.searchBox.value = "";
      this.search();
      this.pane.focus({ preventScroll: true });
    }
  }

  openSearch() {
    this.searchBox.focus();
    this.searchBox.select();
  }

  switchMode() {
    this.keep({ mode: this.prefs.mode === "own" ? "rows" : "own" });
    this.own.setAttribute("aria-pressed", String(this.prefs.mode === "own"));
    const here = this.at ?? this.firstInSight();
    this.buildLanes();
    this.refresh(null);
    if (!here) return;
    this.reveal(...here, 0.35);
    if (this.mode === "own") {
      this.follow(here[0]);
      this.bring(...here);
    }
  }

  firstInSight() {
    const place = this.place()?.find(Boolean);
    return place ? [place.column, place.index] : null;
  }

  toggleChart() {
    this.keep({ chart: this.chart.node.hidden });
    this.chart.node.hidden = !this.prefs.chart;
    this.mapButton.setAttribute("aria-pressed", String(this.prefs.chart));
    this.chart.draw();
  }

  togglePart(part) {
    this.keep({ [`no-${part}`]: !this.prefs[`no-${part}`] });
    const place = this.place();
    this.root.classList.toggle(`no-${part}`, this.prefs[`no-${part}`]);
    this.ticks[part].firstChild.checked = !this.prefs[`no-${part}`];
    for (const lane of this.lanes) lane.heights.clear();
    this.refresh(place);
  }

  toggleOriginal() {
    this.togglePart("original");
  }

  toggleEnglish() {
    this.togglePart("english");
  }

  toggleHelp() {
    if (this.help.open) this.help.close();
    else this.help.showModal();
  }

  keep(prefs) {
    Object.assign(this.prefs, prefs);
    try {
      localStorage.setItem("workbench-compare", JSON.stringify(this.prefs));
    } catch {
      // A browser that keeps nothing shows the page as it is at first.
    }
  }

  // Addresses

  pin(at) {
    if (at && this.model.links.has(at)) this.model.pinned.add(at);
  }

  open(at) {
    if (!at) return;
    const link = this.model.links.get(at);
    const node = link ? this.model.nodesOf(link)[0] : this.find(at);
    if (node) this.jump(...node);
    else this.tell("What this address names is not there any more; here are the documents.", "error");
  }

  find(id) {
    for (let column = 0; column < this.model.segments.length; column++) {
      const index = this.model.segments[column].findIndex((segment) => segment.id === id);
      if (index >= 0) return [column, index];
    }
    return null;
  }

  address() {
    const url = new URL(location.href);
    url.search = new URLSearchParams({ docs: this.model.columns.map((column) => column.id).join(","), at: this.model.segments[this.at[0]][this.at[1]].id });
    return url.href;
  }

  // The address bar always names the selected passage, so that a reload comes back to it.
  writeAddress() {
    if (!this.editable) return;
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.at && history.replaceState(history.state, "", this.address()), 300);
  }

  async copyAddress() {
    if (!this.at) return;
    clearTimeout(this.addressTimer);
    history.replaceState(history.state, "", this.address());
    try {
      await navigator.clipboard.writeText(this.address());
      this.tell("Address copied.");
    } catch {
      this.tell("The address is in the address bar.");
    }
  }

  // The bar: what is selected, and what can be done

  tell(text, tone = "") {
    if (!this.said) return;
    if (this.said.textContent !== text) this.said.textContent = text;
    this.said.className = `said ${tone}`;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => (this.said.textContent = ""), tone === "error" ? 15000 : 6000);
  }

  // The link that edits are about: in the pair that was chosen, or else the first that the passage has.
  get link() {
    if (!this.at) return null;
    return this.chosen === null ? this.model.linkAt(...this.at) : this.model.linkWith(...this.at, this.chosen);
  }

  get chosen() {
    return this.model.columns.length > 2 && this.other !== this.at[0] && this.model.columns[this.other] ? this.other : null;
  }

  // Which other document edits are about, the next one each time.
  nextOther() {
    if (this.model.columns.length < 3) return this.tell("There are two documents only.");
    const others = this.model.columns.map((_, at) => at).filter((at) => at !== this.at[0]);
    this.chooseOther(others[(others.indexOf(this.pairOther()) + 1) % others.length]);
    return undefined;
  }

  pairOther() {
    const [a, b] = this.pairAt();
    return a === this.at[0] ? b : a;
  }

  chooseOther(column) {
    this.other = column;
    this.drawBar();
  }

  drawBar() {
    if (!this.editable) return;
    const buttons = this.picking ? this.pickingButtons() : ACTIONS.map((action) => this.drawAction(action));
    this.bar.replaceChildren(el("span", { class: "selected-now" }, ...this.selectedInWords()), el("span", { class: "actions", role: "toolbar", "aria-label": "What to do with the selected passage" }, ...buttons));
  }

  selectedInWords() {
    if (this.picking) return [`Choose the counterpart of ${passages(this.picking.nodes)} in another column`];
    if (!this.at) return [el("span", { class: "quiet" }, "Click a passage, or press an arrow key")];
    const [low, high] = this.range();
    if (low !== high) return [`passages ${low + 1}–${high + 1} of ${this.model.columns[this.at[0]].name} selected `, on(el("button", { type: "button", class: "small", title: "Align these passages again; accepted links stay (G)" }, "Align again"), "click", () => this.realign())];
    const link = this.link;
    const copy = on(el("button", { type: "button", class: "tool", "aria-label": "Copy the address of this passage", title: "Copy the address of this passage (I)" }, icon("link")), "click", () => this.copyAddress());
    if (this.model.columns.length > 2) return [`${this.letter(this.at[0])} ${this.at[1] + 1} with`, this.drawOthers(), ...(link ? [this.drawWhy(link)] : []), copy];
    if (!link) return [`passage ${this.at[1] + 1}`, el("span", { class: "quiet" }, "only here"), copy];
    return [el("span", { class: "between" }, `${numbers(link.left)} ↔ ${numbers(link.right)}`), this.drawWhy(link), copy];
  }

  drawWhy(link) {
    return on(el("button", { type: "button", class: `chip ${link.band}`, title: "Why (W)", "aria-expanded": String(!this.whyBox.hidden) }, link.status === "unreviewed" ? link.band : link.review, " ?"), "click", () => this.why());
  }

  // With more than two documents: what the passage is linked to in each, and which of them edits are about.
  drawOthers() {
    const now = this.pairOther();
    const buttons = this.model.columns.map((column, at) => {
      if (at === this.at[0]) return null;
      const link = this.model.linkWith(...this.at, at);
      const there = link ? numbers(link.at[0] === at ? link.left : link.right) : "–";
      const tells = `Edits are about ${column.name} (B: the next one)`;
      return on(el("button", { type: "button", "aria-pressed": String(at === now), title: tells }, `${this.letter(at)} ${there}`), "click", () => this.chooseOther(at));
    });
    return el("span", { class: "others", role: "group", "aria-label": "Edits are about" }, ...buttons);
  }

  drawAction(action) {
    const pressed = this.link && ((action.does === "accept" && this.link.status === "accepted") || (action.does === "reject" && this.link.status === "rejected"));
    const button = el("button", { type: "button", title: `${action.tells} (${shown(action.key)})`, "aria-keyshortcuts": action.key, "aria-pressed": pressed ? "true" : null, disabled: !action.always && !this.at },
      icon(action.icon), el("span", { class: "label" }, action.label), el("kbd", {}, shown(action.key)));
    return on(button, "click", () => {
      this.run(action);
      this.pane.focus({ preventScroll: true });
    });
  }

  pickingButtons() {
    return [on(el("button", { type: "button", class: "main-action", disabled: !this.picking.size }, icon("link"), "Link these", el("kbd", {}, "Enter")), "click", () => this.finishLink()),
      on(el("button", { type: "button" }, "Never mind", el("kbd", {}, "Esc")), "click", () => this.stopPicking())];
  }

  why() {
    if (!this.at || !this.whyBox.hidden) this.whyBox.hidden = true;
    else {
      const links = this.model.byNode[this.at[0]][this.at[1]];
      const lines = (link) => [...this.inWords(link).split("\n"), ...(link.disagree ?? []).map((one) => one.reason)];
      this.whyBox.replaceChildren(...(links.length ? links.map((link) => {
        const [head, ...rest] = lines(link);
        return el("div", { class: link.band }, el("strong", {}, head), el("ul", {}, ...rest.map((line) => el("li", { dir: "auto" }, line))));
      }) : [el("p", {}, "No passage of the other documents was found to say this.")]));
      this.whyBox.hidden = false;
    }
    this.drawBar();
  }

  whyOf(row) {
    const node = row.querySelector("[data-node]").dataset.node.split(":").map(Number);
    const same = this.at && row.classList.contains("current") && !this.whyBox.hidden;
    this.select(...node);
    if (!same) this.why();
    this.pane.focus({ preventScroll: true });
  }
}

const NOTHING = {
  linked: "No passage has a counterpart.",
  only: "Every passage has a counterpart.",
  disagree: "No linked passages were found to disagree.",
  doubtful: "No link is doubtful.",
  unreviewed: "Every link has been reviewed.",
};
