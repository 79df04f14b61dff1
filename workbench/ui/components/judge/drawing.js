// The unit, its surroundings, and the lists that it is on.

const drawing = {
  open(unit) {
    const same = unit && this.unitName === unit.name;
    this.unitName = unit?.name;
    const failed = same && this.data.told?.tone === "error"; // what is marked may not have been kept
    if (unit && !failed) {
      const said = unit.said;
      const placed = (mark) => {
        const text = mark.side === "src" ? unit.source : unit.target;
        return { ...mark, start: unitsAt(text, mark.start), end: unitsAt(text, mark.end) };
      };
      this.marks = (said?.marks ?? []).map(placed);
      this.score = said?.score ?? null;
      this.note = said?.note ?? "";
      this.suspects = unit.suspects.map(placed);
      if (!same) this.cursor = this.touched = null;
    }
    this.draw();
    if (!same || !this.root.contains(this.focused())) this.root.focus({ preventScroll: true });
  },

  focused() {
    return this.root.getRootNode().activeElement;
  },

  draw() {
    const { unit } = this.data;
    const parts = [this.drawLists()];
    if (unit) parts.push(this.drawUnit(unit), this.drawJudgement(unit));
    else parts.push(this.drawEnd());
    this.body.replaceChildren(...parts);
    this.drawHelp();
  },

  drawLists() {
    const lists = this.data.lists.map((list) => {
      const share = list.of ? Math.min(1, list.judged / list.of) : 0;
      const button = el("button", { type: "button", role: "tab", "aria-selected": String(list.active), title: list.tells },
        el("span", {}, list.label), el("span", { class: "count" }, `${list.judged} of ${list.atLeast ? "at least " : ""}${list.of}`),
        el("i", { class: "bar", style: `--done: ${100 * share}%` }));
      return on(button, "click", () => this.ask({ do: "list", stratum: list.stratum }));
    });
    const { verdict } = this.data;
    return el("div", { class: "top" }, el("div", { class: "lists", role: "tablist", "aria-label": "Lists" }, ...lists),
      verdict ? el("p", { class: `verdict ${verdict.outcome}`, title: verdict.rule }, verdict.text) : null,
      el("span", { class: "space" }), this.button("?", "Keys", "toggleHelp", "tool"));
  },

  drawUnit(unit) {
    const row = (kind) => (one) => el("div", { class: `pair ${kind}` },
      el("p", { lang: unit.srcLang, dir: "auto" }, one.source), el("p", { lang: unit.tgtLang, dir: "auto" }, one.target));
    this.texts = {
      src: el("p", { class: "text", lang: unit.srcLang, dir: "auto", "data-side": "src", "aria-label": "Source" }),
      tgt: el("p", { class: "text", lang: unit.tgtLang, dir: "auto", "data-side": "tgt", "aria-label": "Translation" }),
    };
    this.drawTexts();
    const head = el("div", { class: "where" }, el("strong", { dir: "auto" }, unit.where),
      unit.by ? el("span", { title: unit.proposes ? "The document of the translation" : "What the translation is by" }, unit.by) : null,
      unit.estimate ? el("span", { class: "estimate", title: ["How good it is reckoned to be, of 100", ...unit.reasons].join("\n") },
        unit.estimate) : null,
      el("span", { class: "space" }), el("span", { class: "number" }, `${unit.number} / ${unit.of}`));
    const corrected = unit.corrected ? el("div", { class: "pair corrected" }, el("p", { class: "label" }, unit.proposes ? "proposed" : "corrected to"),
      el("p", { lang: unit.tgtLang, dir: "auto" }, unit.corrected)) : null;
    return el("article", { class: "unit" }, head, el("div", { class: "around" }, ...unit.before.map(row("context"))),
      el("div", { class: "pair now" }, this.texts.src, this.texts.tgt), corrected, this.drawUnsaved(unit),
      el("div", { class: "around" }, ...unit.after.map(row("context"))));
  },

  drawTexts() {
    const { unit } = this.data;
    for (const side of ["src", "tgt"]) {
      const text = side === "src" ? unit.source : unit.target;
      const ranges = this.marks.filter((mark) => mark.side === side && mark.end > mark.start)
        .map((mark) => ({ start: mark.start, end: mark.end, kind: mark.severity, title: mark.category || mark.note || mark.severity }));
      ranges.push(...this.suspects.filter((one) => one.side === side && one.end > one.start)
        .map((one) => ({ start: one.start, end: one.end, kind: "suspect", title: one.reason })));
      if (this.cursor?.side === side) ranges.push({ ...this.cursor, kind: "chosen" });
      this.texts[side].replaceChildren(...marked(text, ranges));
    }
  },

  drawEnd() {
    const { end } = this.data;
    return el("div", { class: "end" }, el("h3", {}, end.title), ...end.lines.map((line) => el("p", {}, line)),
      el("div", { class: "row" }, this.button("b", "Back", "back", "tool"), this.button("z", "Take back", "takeBack", "tool")));
  },

  button(key, label, does, kind, hidden = false) {
    if (hidden) return null;
    const button = el("button", { type: "button", class: kind }, label, el("kbd", {}, key.length === 1 ? key.toUpperCase() : key));
    return on(button, "click", () => this[does]());
  },
};
