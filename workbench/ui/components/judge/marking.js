// Words chosen by mouse or key, marked as errors; suspects confirmed or removed.

const marking = {
  words(side) {
    const { unit } = this.data;
    const [text, lang] = side === "src" ? [unit.source, unit.srcLang] : [unit.target, unit.tgtLang];
    const parts = new Intl.Segmenter(lang === "und" ? "en" : lang, { granularity: "word" }).segment(text);
    return Array.from(parts).filter((part) => part.segment.trim()).map((part) => ({ start: part.index, end: part.index + part.segment.length }));
  },

  otherSide() {
    const side = this.cursor?.side === "src" ? "tgt" : "src";
    const [first] = this.words(side);
    this.at = [0, 0];
    this.cursor = first ? { side, ...first } : null;
    this.drawTexts();
  },

  // What is selected by mouse.
  choose() {
    const cursor = this.selected();
    if (!cursor) return;
    Object.assign(this, { cursor, touched: null });
    const words = this.words(cursor.side);
    const near = words.findIndex((word) => word.end > cursor.start);
    this.at = [near, near];
    this.selection().chosen?.removeAllRanges();
    this.drawTexts();
  },

  selection() {
    const root = this.root.getRootNode();
    const chosen = root.getSelection?.() ?? document.getSelection();
    const ranges = chosen?.getComposedRanges?.({ shadowRoots: [root] }) ?? (chosen?.rangeCount ? [chosen.getRangeAt(0)] : []);
    return { chosen, range: ranges[0] };
  },

  // Words of either text; null: nothing that could be marked.
  selected() {
    const { range } = this.selection();
    if (!range || range.collapsed || !this.data?.unit || this.data.scheme === "grade") return null;
    const side = ["src", "tgt"].find((one) => [range.startContainer, range.endContainer].every((end) => this.texts[one].contains(end)));
    if (!side) return null;
    const node = this.texts[side];
    const [start, end] = [offsetIn(node, range.startContainer, range.startOffset), offsetIn(node, range.endContainer, range.endOffset)];
    const picked = (side === "src" ? this.data.unit.source : this.data.unit.target).slice(start, end);
    const from = start + picked.length - picked.trimStart().length;
    return picked.trim() ? { side, start: from, end: from + picked.trim().length } : null;
  },

  // Pressing a button ends what was selected by touch, of which no mouse tells.
  takeTouched() {
    this.cursor ??= this.touched;
    this.touched = null;
  },

  mark(severity) {
    this.takeTouched();
    if (!this.cursor) return this.tell("Choose words first: with the mouse, or with ← and →.", "warning");
    this.marks.push({ ...this.cursor, severity, category: "", note: "" });
    this.cursor = null;
    this.changed();
    if (this.data.scheme === "mqm") this.chooseCategory();
  },

  missing() {
    this.takeTouched();
    const at = this.cursor?.side === "src" ? { start: this.cursor.start, end: this.cursor.end, side: "src" } : { side: "tgt", start: 0, end: 0 };
    this.marks.push({ ...at, severity: "major", category: "Accuracy/Omission", note: "" });
    this.cursor = null;
    this.changed();
  },

  changed() {
    this.tell("");
    this.drawTexts();
    this.redrawPanel();
    this.keepDraft();
  },

  redrawPanel() {
    const old = this.panel;
    old.replaceWith(this.drawJudgement(this.data.unit));
    this.root.focus({ preventScroll: true });
  },

  drop(at) {
    this.marks.splice(at, 1);
    this.changed();
  },

  removeMark() {
    if (this.marks.length) this.drop(this.marks.length - 1);
  },

  confirm(at = 0) {
    const [one] = this.suspects.splice(at, 1);
    if (!one) return;
    this.marks.push({ side: one.side, start: one.start, end: one.end, severity: one.severity === "minor" ? "minor" : "major", category: one.category ?? "", note: one.reason });
    this.changed();
    if (this.data.scheme === "mqm" && !one.category) this.chooseCategory();
  },

  dismiss(at = 0) {
    if (this.suspects.splice(at, 1).length) this.changed();
  },

  chooseCategory() {
    const select = this.panel.querySelectorAll("select");
    const last = select[select.length - 1];
    last?.focus();
    try {
      last?.showPicker();
    } catch {
      // Without a click or a key of its own a browser may refuse; the field has the focus.
    }
  },
};

// How far into a node's text a place in one of its text nodes is.
function offsetIn(node, container, offset) {
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(container, offset);
  return range.toString().length;
}
