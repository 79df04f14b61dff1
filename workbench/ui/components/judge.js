// The judging page: one unit at a time. The server says what to judge (workbench/ui/judging.py); every judgement goes
// back at once and counts when the next unit comes. What is marked before that goes back as a draft.

const judges = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let judge = judges.get(parentElement);
  if (!judge) {
    judge = new Judge(parentElement.querySelector(".judge"));
    judges.set(parentElement, judge);
  }
  judge.send = (request) => setStateValue("asked", request);
  judge.take(data);
  return () => judge.leave();
}

// One list for the keys, the buttons and the legend. No key of a browser's or of Streamlit's (r, c) is taken.
const KEYS = [
  { key: "1", does: "first", tells: { grade: "Good", else: "Mark the chosen words as a minor error" } },
  { key: "2", does: "second", tells: { grade: "Minor errors", else: "Mark the chosen words as a major error" } },
  { key: "3", does: "third", tells: { grade: "Major errors" } },
  { key: "0", does: "unsure", tells: { all: "Could not judge" } },
  { key: "← →", tells: { else: "Choose a word; with Shift: several" } },
  { key: "t", does: "otherSide", tells: { else: "Choose words of the other text" } },
  { key: "m", does: "missing", tells: { else: "[missing]: something is left out" } },
  { key: "k", does: "chooseCategory", tells: { mqm: "Kind of the latest error" } },
  { key: "a", does: "confirm", tells: { else: "Confirm the first suspect" } },
  { key: "d", does: "dismiss", tells: { else: "Remove the first suspect" } },
  { key: "x", does: "removeMark", tells: { else: "Remove the latest mark" } },
  { key: "s", does: "focusScore", tells: { esa: "Set the score; digits and arrows, then Enter" } },
  { key: "Enter", does: "save", tells: { else: "Save and go on" } },
  { key: "n", does: "focusNote", tells: { all: "Write a note" } },
  { key: "e", does: "openCorrection", tells: { all: "Correct the translation" } },
  { key: "b", does: "back", tells: { all: "The unit before" } },
  { key: "g", does: "onward", tells: { all: "The next unit that waits" } },
  { key: "z", does: "takeBack", tells: { all: "Take back your latest judgement" } },
  { key: "?", does: "toggleHelp", tells: { all: "These keys" } },
  { key: "Esc", tells: { all: "Leave what you are doing" } },
];

const GRADES = [["good", "Good"], ["minor", "Minor errors"], ["major", "Major errors"]];
const ANCHORS = [[0, "nothing of the meaning"], [33, "some of the meaning"], [66, "most of the meaning"], [100, "perfect"]];
const DRAFT_WAIT = 250; // milliseconds

class Judge {
  constructor(root) {
    this.root = root;
    this.asked = 0;
    this.help = el("dialog", { class: "help", "aria-label": "Keys" });
    this.body = el("div", { class: "body" });
    this.said = el("p", { class: "told", role: "status", "aria-live": "polite" });
    root.replaceChildren(this.body, this.said, this.help);
    on(root, "keydown", (event) => this.key(event));
    on(root, "mouseup", () => setTimeout(() => this.choose(), 0));
    this.outer = (event) => {
      if (document.activeElement === document.body) this.key(event);
    };
    window.addEventListener("keydown", this.outer);
  }

  leave() {
    window.removeEventListener("keydown", this.outer);
  }

  // From and to the server

  take(data) {
    if (data.session !== this.session) Object.assign(this, { session: data.session, flight: null, shown: 0, asked: 0 });
    this.asked = Math.max(this.asked, data.done);
    if (this.flight && data.done >= this.flight) this.flight = null;
    this.root.classList.toggle("waits", Boolean(this.flight));
    if (data.n === this.shown) return this.sendDraft();
    this.shown = data.n;
    this.data = data;
    this.open(data.unit);
    this.tell(data.told?.text ?? "", data.told?.tone);
  }

  // A judgement is never asked for while another is on its way: the next unit has not been seen yet.
  ask(request) {
    if (this.flight) return;
    clearTimeout(this.draftTimer);
    this.dirty = false;
    this.flight = ++this.asked;
    this.root.classList.add("waits");
    this.send({ session: this.session, n: this.flight, key: this.data.unit?.key ?? null, ...request });
  }

  keepDraft() {
    this.dirty = true;
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.sendDraft(), DRAFT_WAIT);
  }

  sendDraft() {
    if (this.dirty && !this.flight && this.data.unit) this.ask({ do: "draft", ...this.state() });
  }

  state() {
    const unit = this.data.unit;
    const placed = ({ side, start, end, severity }) => {
      const text = side === "src" ? unit.source : unit.target;
      return { side, start: charactersTo(text, start), end: charactersTo(text, end), severity };
    };
    const marks = this.marks.map((mark) => ({ ...placed(mark), category: mark.category, note: mark.note }));
    const suspects = this.suspects.map((one) => ({ ...placed(one), reason: one.reason, check: one.check }));
    return { seen: unit.target, marks, suspects, score: this.score, note: this.note };
  }

  // Drawing

  open(unit) {
    const same = unit && this.unitName === unit.name;
    this.unitName = unit?.name;
    if (unit) {
      const said = unit.said;
      const placed = (mark) => {
        const text = mark.side === "src" ? unit.source : unit.target;
        return { ...mark, start: unitsAt(text, mark.start), end: unitsAt(text, mark.end) };
      };
      this.marks = (said?.marks ?? []).map(placed);
      this.score = said?.score ?? null;
      this.note = said?.note ?? "";
      this.suspects = unit.suspects.map(placed);
      if (!same) this.cursor = null;
    }
    this.draw();
    if (!same || !this.root.contains(this.focused())) this.root.focus({ preventScroll: true });
  }

  focused() {
    return this.root.getRootNode().activeElement;
  }

  draw() {
    const { unit } = this.data;
    const parts = [this.drawLists()];
    if (unit) parts.push(this.drawUnit(unit), this.drawJudgement(unit));
    else parts.push(this.drawEnd());
    this.body.replaceChildren(...parts);
    this.drawHelp();
  }

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
  }

  drawUnit(unit) {
    const row = (kind) => (one) => el("div", { class: `pair ${kind}` },
      el("p", { lang: unit.srcLang, dir: "auto" }, one.source), el("p", { lang: unit.tgtLang, dir: "auto" }, one.target));
    this.texts = {
      src: el("p", { class: "text", lang: unit.srcLang, dir: "auto", "data-side": "src", "aria-label": "Source" }),
      tgt: el("p", { class: "text", lang: unit.tgtLang, dir: "auto", "data-side": "tgt", "aria-label": "Translation" }),
    };
    this.drawTexts();
    const head = el("div", { class: "where" }, el("strong", { dir: "auto" }, unit.where),
      unit.by ? el("span", { title: "What the translation is by" }, unit.by) : null,
      unit.estimate ? el("span", { class: "estimate", title: ["How good it is reckoned to be, of 100", ...unit.reasons].join("\n") },
        unit.estimate) : null,
      el("span", { class: "space" }), el("span", { class: "number" }, `${unit.number} / ${unit.of}`));
    const corrected = unit.corrected ? el("div", { class: "pair corrected" }, el("p", { class: "label" }, unit.proposes ? "proposed" : "corrected to"),
      el("p", { lang: unit.tgtLang, dir: "auto" }, unit.corrected)) : null;
    return el("article", { class: "unit" }, head, el("div", { class: "around" }, ...unit.before.map(row("context"))),
      el("div", { class: "pair now" }, this.texts.src, this.texts.tgt), corrected,
      el("div", { class: "around" }, ...unit.after.map(row("context"))));
  }

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
  }

  drawJudgement(unit) {
    const { scheme } = this.data;
    const parts = [];
    if (scheme !== "grade") parts.push(this.drawMarks());
    if (scheme === "grade") parts.push(this.drawGrades(unit));
    if (scheme === "esa") parts.push(this.drawScore());
    parts.push(this.drawRest(unit));
    this.panel = el("div", { class: "panel" }, ...parts);
    return this.panel;
  }

  drawGrades(unit) {
    const chosen = unit.said && !unit.isDraft ? unit.said.grade : "";
    return el("div", { class: "grades", role: "group", "aria-label": "The translation is" }, ...GRADES.map(([grade, label], at) =>
      on(el("button", { type: "button", class: `grade ${grade}`, "aria-pressed": String(chosen === grade) }, label, el("kbd", {}, String(at + 1))),
        "click", () => this.judge({ grade }))));
  }

  drawMarks() {
    const tools = el("div", { class: "marking", role: "group", "aria-label": "Mark an error" },
      this.button("1", "Minor error", "first", "tool minor"), this.button("2", "Major error", "second", "tool major"),
      this.button("m", "[missing]", "missing", "tool"));
    const hint = !this.marks.length && !this.suspects.length
      ? el("span", { class: "quiet" }, "Select words in either text, then mark them. No error? Save.") : null;
    const list = el("ul", { class: "marks", "aria-label": "Errors" },
      ...this.marks.map((mark, at) => this.drawMark(mark, at)), ...this.suspects.map((one, at) => this.drawSuspect(one, at)));
    return el("div", { class: "errors" }, el("div", { class: "row" }, tools, hint), list);
  }

  excerpt(mark) {
    if (mark.end <= mark.start) return mark.category === "Non-translation!" ? "[all of it]" : "[missing]";
    const { unit } = this.data;
    return (mark.side === "src" ? unit.source : unit.target).slice(mark.start, mark.end);
  }

  drawMark(mark, at) {
    const severity = on(el("button", { type: "button", class: `chip ${mark.severity}`, title: "Minor or major" }, mark.severity), "click", () => {
      mark.severity = mark.severity === "minor" ? "major" : "minor";
      this.changed();
    });
    const remove = on(el("button", { type: "button", class: "icon", "aria-label": "Remove" }, icon("reject")), "click", () => this.drop(at));
    return el("li", {}, severity, el("span", { class: "excerpt", dir: "auto" }, this.excerpt(mark)),
      this.data.scheme === "mqm" ? this.drawCategory(mark, at) : null, mark.note ? el("span", { class: "quiet" }, mark.note) : null, remove);
  }

  drawCategory(mark, at) {
    const options = this.data.categories.map((name) => el("option", { value: name, selected: name === mark.category }, name));
    const select = el("select", { "aria-label": "Kind of error", "data-at": at, "aria-invalid": String(!mark.category) },
      el("option", { value: "", selected: !mark.category }, "what kind?"), ...options);
    return on(select, "change", () => {
      mark.category = select.value;
      this.changed();
      this.root.focus({ preventScroll: true });
    });
  }

  drawSuspect(one, at) {
    const act = (label, does) => on(el("button", { type: "button", class: "tool" }, label), "click", () => this[does](at));
    return el("li", { class: "suspect" }, el("span", { class: "chip" }, `suspect, ${one.severity}`),
      el("span", { class: "excerpt", dir: "auto" }, one.end > one.start ? this.excerpt(one) : ""), el("span", { class: "quiet" }, one.reason),
      act("Confirm", "confirm"), act("Remove", "dismiss"));
  }

  drawScore() {
    const value = this.score ?? 50;
    this.slider = el("input", { type: "range", min: 0, max: 100, step: 1, value, "aria-label": "Score, 0 to 100", class: this.score === null ? "unset" : null });
    const shown = el("output", {}, this.score === null ? "–" : String(this.score));
    on(this.slider, "input", () => {
      this.score = Number(this.slider.value);
      this.slider.classList.remove("unset");
      shown.textContent = this.slider.value;
      this.keepDraft();
    });
    this.digits = "";
    const anchors = ANCHORS.map(([at, label]) => on(el("button", { type: "button", style: `--at: ${at}%` }, `${at}: ${label}`), "click", () => this.setScore(at)));
    return el("div", { class: "score" }, el("div", { class: "row" }, this.slider, shown), el("div", { class: "anchors" }, ...anchors));
  }

  setScore(score) {
    this.slider.value = score;
    this.slider.dispatchEvent(new Event("input"));
  }

  drawRest(unit) {
    this.noteBox = el("input", { type: "text", class: "note", placeholder: "Note", "aria-label": "Note", value: this.note });
    on(this.noteBox, "input", () => {
      this.note = this.noteBox.value;
      this.keepDraft();
    });
    const known = unit.said && !unit.isDraft ? el("span", { class: "quiet" }, `You said: ${unit.said.label}`) : null;
    return el("div", { class: "row rest" },
      this.data.scheme === "grade" ? null : this.button("Enter", "Save", "save", "primary"),
      this.button("0", "Could not judge", "unsure", "tool"), this.button("e", unit.proposes ? "Propose…" : "Correct…", "openCorrection", "tool"),
      this.noteBox, known, el("span", { class: "space" }),
      this.button("b", "Back", "back", "tool", unit.number <= 1), this.button("g", "Next", "onward", "tool"),
      this.button("z", "Take back", "takeBack", "tool"));
  }

  drawEnd() {
    const { end } = this.data;
    return el("div", { class: "end" }, el("h3", {}, end.title), ...end.lines.map((line) => el("p", {}, line)),
      el("div", { class: "row" }, this.button("b", "Back", "back", "tool"), this.button("z", "Take back", "takeBack", "tool")));
  }

  button(key, label, does, kind, hidden = false) {
    if (hidden) return null;
    const button = el("button", { type: "button", class: kind }, label, el("kbd", {}, key.length === 1 ? key.toUpperCase() : key));
    return on(button, "click", () => this[does]());
  }

  drawHelp() {
    const told = KEYS.map((one) => [one.key, this.tells(one)]).filter(([, tells]) => tells);
    const line = ([key, tells]) => [el("dt", {}, ...key.split(" ").map((part) => el("kbd", {}, part.length === 1 ? part.toUpperCase() : part))), el("dd", {}, tells)];
    const shut = on(el("button", { type: "button", class: "icon", "aria-label": "Close" }, icon("reject")), "click", () => this.help.close());
    this.help.replaceChildren(el("div", { class: "row" }, el("strong", {}, "Keys"), el("span", { class: "space" }), shut),
      el("dl", {}, ...told.flatMap(line)), el("p", { class: "quiet" }, "Every judgement is saved at once; what you mark before is, too."));
  }

  tells(one) {
    const { scheme } = this.data;
    return one.tells.all ?? one.tells[scheme] ?? (scheme === "grade" ? "" : one.tells.else) ?? "";
  }

  tell(text, tone = "info") {
    this.said.textContent = text;
    this.said.className = `told ${tone}`;
  }

  // Keys

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.help.open || this.dialog?.open) return;
    if (event.key === "Escape") return this.escape();
    const box = this.focused();
    const types = box?.matches?.("input:not([type=range]), select, textarea");
    if (types) {
      if (event.key === "Enter" && !box.matches("textarea")) this.root.focus({ preventScroll: true });
      return;
    }
    if (box === this.slider && box && this.scoreKey(event)) return event.preventDefault();
    if (event.key.startsWith("Arrow")) return this.arrow(event);
    if (event.key === "Enter" && box?.matches?.("button")) return;
    const found = KEYS.find((one) => one.key === event.key && one.does);
    if (!found || event.repeat || !this.tells(found) || (!this.data.unit && !["b", "z", "g", "?"].includes(found.key))) return;
    event.preventDefault();
    this[found.does]();
  }

  escape() {
    this.cursor = null;
    if (this.texts) this.drawTexts();
    this.root.focus({ preventScroll: true });
  }

  scoreKey(event) {
    if (!/^[0-9]$/.test(event.key)) {
      this.digits = "";
      return false;
    }
    const typed = Number(this.digits + event.key);
    this.digits = typed > 100 ? event.key : this.digits + event.key;
    this.setScore(Number(this.digits));
    return true;
  }

  arrow(event) {
    if (this.data.scheme === "grade" || this.focused() === this.slider || !/Left|Right/.test(event.key)) return;
    event.preventDefault();
    const step = event.key === "ArrowRight" ? 1 : -1;
    const side = this.cursor?.side ?? "tgt";
    const words = this.words(side);
    if (!words.length) return;
    if (!this.cursor) this.at = [step > 0 ? 0 : words.length - 1, step > 0 ? 0 : words.length - 1];
    else {
      const to = Math.min(words.length - 1, Math.max(0, this.at[1] + step));
      this.at = event.shiftKey ? [this.at[0], to] : [to, to];
    }
    const [low, high] = [...this.at].sort((a, b) => a - b);
    this.cursor = { side, start: words[low].start, end: words[high].end };
    this.drawTexts();
  }

  words(side) {
    const { unit } = this.data;
    const [text, lang] = side === "src" ? [unit.source, unit.srcLang] : [unit.target, unit.tgtLang];
    const parts = new Intl.Segmenter(lang === "und" ? "en" : lang, { granularity: "word" }).segment(text);
    return Array.from(parts).filter((part) => part.segment.trim()).map((part) => ({ start: part.index, end: part.index + part.segment.length }));
  }

  otherSide() {
    const side = this.cursor?.side === "src" ? "tgt" : "src";
    const [first] = this.words(side);
    this.at = [0, 0];
    this.cursor = first ? { side, ...first } : null;
    this.drawTexts();
  }

  // What is selected by mouse.
  choose() {
    const root = this.root.getRootNode();
    const chosen = root.getSelection?.() ?? document.getSelection();
    const ranges = chosen?.getComposedRanges?.({ shadowRoots: [root] }) ?? (chosen?.rangeCount ? [chosen.getRangeAt(0)] : []);
    const range = ranges[0];
    if (!range || range.collapsed || this.data.scheme === "grade" || !this.data.unit) return;
    for (const side of ["src", "tgt"]) {
      const node = this.texts[side];
      if (!node.contains(range.startContainer) || !node.contains(range.endContainer)) continue;
      const [start, end] = [offsetIn(node, range.startContainer, range.startOffset), offsetIn(node, range.endContainer, range.endOffset)];
      const text = side === "src" ? this.data.unit.source : this.data.unit.target;
      const picked = text.slice(start, end);
      const from = start + picked.length - picked.trimStart().length;
      if (!picked.trim()) return;
      this.cursor = { side, start: from, end: from + picked.trim().length };
      const words = this.words(side);
      const near = words.findIndex((word) => word.end > from);
      this.at = [near, near];
      chosen.removeAllRanges();
      this.drawTexts();
    }
  }

  // Marking

  mark(severity) {
    if (!this.cursor) return this.tell("Choose words first: with the mouse, or with ← and →.", "warning");
    this.marks.push({ ...this.cursor, severity, category: "", note: "" });
    this.cursor = null;
    this.changed();
    if (this.data.scheme === "mqm") this.chooseCategory();
  }

  missing() {
    const at = this.cursor?.side === "src" ? { start: this.cursor.start, end: this.cursor.end, side: "src" } : { side: "tgt", start: 0, end: 0 };
    this.marks.push({ ...at, severity: "major", category: "Accuracy/Omission", note: "" });
    this.cursor = null;
    this.changed();
  }

  changed() {
    this.tell("");
    this.drawTexts();
    this.redrawPanel();
    this.keepDraft();
  }

  redrawPanel() {
    const old = this.panel;
    old.replaceWith(this.drawJudgement(this.data.unit));
    this.root.focus({ preventScroll: true });
  }

  drop(at) {
    this.marks.splice(at, 1);
    this.changed();
  }

  removeMark() {
    if (this.marks.length) this.drop(this.marks.length - 1);
  }

  confirm(at = 0) {
    const [one] = this.suspects.splice(at, 1);
    if (!one) return;
    this.marks.push({ side: one.side, start: one.start, end: one.end, severity: one.severity === "minor" ? "minor" : "major", category: one.category ?? "", note: one.reason });
    this.changed();
    if (this.data.scheme === "mqm" && !one.category) this.chooseCategory();
  }

  dismiss(at = 0) {
    if (this.suspects.splice(at, 1).length) this.changed();
  }

  chooseCategory() {
    const select = this.panel.querySelectorAll("select");
    const last = select[select.length - 1];
    last?.focus();
    try {
      last?.showPicker();
    } catch {
      // Without a click or a key of its own a browser may refuse; the field has the focus.
    }
  }

  focusScore() {
    this.digits = "";
    this.slider?.focus();
  }

  focusNote() {
    this.noteBox.focus();
  }

  // Judging

  first() {
    return this.data.scheme === "grade" ? this.judge({ grade: "good" }) : this.mark("minor");
  }

  second() {
    return this.data.scheme === "grade" ? this.judge({ grade: "minor" }) : this.mark("major");
  }

  third() {
    this.judge({ grade: "major" });
  }

  unsure() {
    this.judge({ grade: "unsure" });
  }

  save() {
    const { scheme } = this.data;
    if (scheme === "mqm" && this.marks.some((mark) => !mark.category)) {
      this.tell("Say of each error what kind it is.", "warning");
      return this.chooseCategory();
    }
    if (scheme === "esa" && this.score === null) {
      this.tell("Set the score, 0 to 100.", "warning");
      return this.focusScore();
    }
    this.judge({});
  }

  judge(more) {
    this.ask({ do: "judge", ...this.state(), ...more });
  }

  back() {
    this.ask({ do: "back" });
  }

  onward() {
    this.ask({ do: "next" });
  }

  takeBack() {
    this.ask({ do: "takeBack" });
  }

  toggleHelp() {
    if (this.help.open) this.help.close();
    else this.help.showModal();
  }

  // Correcting

  openCorrection() {
    const { unit } = this.data;
    if (!unit) return;
    const box = el("textarea", { lang: unit.tgtLang, dir: "auto", rows: 4, "aria-label": "The translation, corrected" });
    box.value = unit.corrected || unit.target;
    const others = unit.same.map((one) => {
      const tick = el("input", { type: "checkbox", value: one.id, checked: !one.byHand });
      return el("label", {}, tick, el("span", {}, el("b", { dir: "auto" }, one.where), " ",
        el("span", { class: "quiet", dir: "auto" }, one.target + (one.byHand ? (unit.proposes ? " (proposed)" : " (written by hand)") : ""))));
    });
    const save = el("button", { type: "button", class: "primary" }, "Save", el("kbd", {}, "Ctrl Enter"));
    const shut = on(el("button", { type: "button", class: "tool" }, "Cancel"), "click", () => this.dialog.close());
    const send = () => {
      const also = [...this.dialog.querySelectorAll("input:checked")].map((tick) => tick.value);
      this.dialog.close();
      this.ask({ do: "correct", text: box.value, also, ...this.state() });
    };
    on(save, "click", send);
    on(box, "keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    });
    this.dialog = el("dialog", { class: "correction", "aria-label": unit.proposes ? "Propose a correction" : "Correct the translation" },
      unit.proposes ? el("strong", {}, "Propose a correction") : null,
      el("p", { lang: unit.srcLang, dir: "auto" }, unit.source), box,
      others.length ? el("fieldset", {}, el("legend", {}, `The same text stands in ${count(others.length, "other place")}; ${unit.proposes ? "propose it" : "correct"} there, too:`), ...others) : null,
      el("p", { class: "quiet" }, unit.proposes
        ? "This text is the document's own and stays as it is. What you propose is kept as a remark on the link, which goes into exports and into the report."
        : "It is judged as it was found; pairs and exports have the correction."),
      el("div", { class: "row" }, save, shut));
    on(this.dialog, "close", () => {
      this.dialog.remove();
      this.root.focus({ preventScroll: true });
    });
    this.root.append(this.dialog);
    this.dialog.showModal();
    box.focus();
  }
}

// How far into a node's text a place in one of its text nodes is.
function offsetIn(node, container, offset) {
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(container, offset);
  return range.toString().length;
}

// The reverse of unitsAt.
function charactersTo(text, at) {
  return Array.from(text.slice(0, at)).length;
}
