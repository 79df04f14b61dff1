// Above the columns: how the documents relate, their names, and each as a strip of what is covered.

const heads = {
  drawVerdicts() {
    const letters = this.model.columns.length > 2;
    const told = new Map(); // what is true of several pairs is said once
    for (const { at, text, tone, button } of this.verdicts) {
      if (!told.has(text)) told.set(text, { tone, pairs: [], asked: button ? this.drawRelated(at, button) : "" });
      if (letters && at) told.get(text).pairs.push(`${this.letter(at[0])} and ${this.letter(at[1])}`);
    }
    this.verdictLine.replaceChildren(...[...told].map(([text, { tone, pairs, asked }]) =>
      el("p", { class: tone ?? "" }, pairs.length ? `${pairs.join(", ")}: ` : "", text, asked)));
  },

  // What says that two documents tell of one thing, or takes it back.
  drawRelated(at, { label, related }) {
    return on(el("button", { type: "button", class: "small" }, label), "click", (event) => {
      event.currentTarget.disabled = true; // until the sentence is another
      this.change({ do: "related", at, related });
    });
  },

  drawHeads() {
    this.views = [];
    const heads = this.model.columns.map((column, at) => this.drawColumnHead(column, at));
    this.head.replaceChildren(el("span", { class: "edge" }), ...heads);
    this.marks();
  },

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
        named(column.name, [column.name, column.title].filter(Boolean).join("\n")), el("span", { class: "language" }, column.language)),
      strip, el("div", { class: "covered" }, covered));
  },

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
  },
};
