// What can be said of the unit: grades, marks and suspects, a score, a note.

const GRADES = [["good", "Good"], ["minor", "Minor errors"], ["major", "Major errors"]];
const ANCHORS = [[0, "nothing of the meaning"], [33, "some of the meaning"], [66, "most of the meaning"], [100, "perfect"]];

const panel = {
  drawJudgement(unit) {
    const { scheme } = this.data;
    const parts = [];
    if (scheme !== "grade") parts.push(this.drawMarks());
    if (scheme === "grade") parts.push(this.drawGrades(unit));
    if (scheme === "esa") parts.push(this.drawScore());
    parts.push(this.drawRest(unit), this.drawOther());
    this.panel = el("div", { class: "panel" }, ...parts);
    return this.panel;
  },

  drawGrades(unit) {
    const chosen = unit.said && !unit.isDraft ? unit.said.grade : "";
    return el("div", { class: "grades", role: "group", "aria-label": "The translation is" }, ...GRADES.map(([grade, label], at) =>
      on(el("button", { type: "button", class: `grade ${grade}`, "aria-pressed": String(chosen === grade) }, label, el("kbd", {}, String(at + 1))),
        "click", () => this.judge({ grade }))));
  },

  drawMarks() {
    const tools = el("div", { class: "marking", role: "group", "aria-label": "Mark an error" },
      this.button("1", "Minor error", "first", "tool minor"), this.button("2", "Major error", "second", "tool major"),
      this.button("m", "[missing]", "missing", "tool"));
    const hint = !this.marks.length && !this.suspects.length
      ? el("span", { class: "quiet" }, "Select words in either text, then mark them. No error? Save.") : null;
    const list = el("ul", { class: "marks", "aria-label": "Errors" },
      ...this.marks.map((mark, at) => this.drawMark(mark, at)), ...this.suspects.map((one, at) => this.drawSuspect(one, at)));
    return el("div", { class: "errors" }, el("div", { class: "row" }, tools, hint), list);
  },

  excerpt(mark) {
    if (mark.end <= mark.start) return mark.category === "Non-translation!" ? "[all of it]" : "[missing]";
    const { unit } = this.data;
    return (mark.side === "src" ? unit.source : unit.target).slice(mark.start, mark.end);
  },

  drawMark(mark, at) {
    const severity = on(el("button", { type: "button", class: `chip ${mark.severity}`, title: "Minor or major" }, mark.severity), "click", () => {
      mark.severity = mark.severity === "minor" ? "major" : "minor";
      this.changed();
    });
    const remove = on(el("button", { type: "button", class: "icon", "aria-label": "Remove" }, icon("reject")), "click", () => this.drop(at));
    return el("li", {}, severity, el("span", { class: "excerpt", dir: "auto" }, this.excerpt(mark)),
      this.data.scheme === "mqm" ? this.drawCategory(mark, at) : null, mark.note ? el("span", { class: "quiet" }, mark.note) : null, remove);
  },

  drawCategory(mark, at) {
    const option = (name) => el("option", { value: name, selected: name === mark.category }, name.split("/").at(-1));
    const inGroup = (group) => this.data.categories.filter((name) => name.startsWith(`${group}/`));
    const options = [...new Set(this.data.categories.map((name) => name.split("/")[0]))].map((group) =>
      inGroup(group).length ? el("optgroup", { label: group }, ...inGroup(group).map(option)) : option(group));
    const select = el("select", { "aria-label": "Kind of error", "data-at": at, "aria-invalid": String(!mark.category) },
      el("option", { value: "", selected: !mark.category }, "what kind?"), ...options);
    return on(select, "change", () => {
      mark.category = select.value;
      this.changed();
      this.root.focus({ preventScroll: true });
    });
  },

  drawSuspect(one, at) {
    const act = (label, does, key) => on(el("button", { type: "button", class: "tool" }, label, at ? null : el("kbd", {}, key)), "click", () => this[does](at));
    return el("li", { class: "suspect" }, el("span", { class: "chip" }, `suspect, ${one.severity}`),
      el("span", { class: "excerpt", dir: "auto" }, one.end > one.start ? this.excerpt(one) : ""), el("span", { class: "quiet" }, one.reason),
      act("Confirm", "confirm", "A"), act("Remove", "dismiss", "D"));
  },

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
    return el("div", { class: "score" }, el("div", { class: "row" }, this.slider, shown), el("div", { class: "anchors" }, ...anchors),
      el("p", { class: "quiet" }, this.data.scores));
  },

  setScore(score) {
    this.slider.value = score;
    this.slider.dispatchEvent(new Event("input"));
  },

  drawRest(unit) {
    this.noteBox = el("input", { type: "text", class: "note", placeholder: "Note", "aria-label": "Note", value: this.note });
    on(this.noteBox, "input", () => {
      this.note = this.noteBox.value;
      this.keepDraft();
    });
    const said = (rest) => el("span", { class: "quiet" }, `You said: ${unit.kept.label}${rest}`);
    const known = !unit.kept ? null : said(unit.isDraft ? "; what is marked here is a draft" : "");
    return el("div", { class: "row rest" },
      this.data.scheme === "grade" ? null : this.button("Enter", "Save", "save", "primary"),
      this.button("0", "Could not judge", "unsure", "tool"), this.button("e", unit.proposes ? "Propose…" : "Correct…", "openCorrection", "tool"),
      this.noteBox, known, el("span", { class: "space" }),
      this.button("b", "Back", "back", "tool", unit.number <= 1), this.button("g", "Next", "onward", "tool", !known),
      this.button("z", "Take back", "takeBack", "tool"));
  },

  // What another tab has marked, unless this one says the same.
  drawOther() {
    const { other } = this.data;
    this.otherBox = el("div", { class: "row other", role: "status", hidden: !other }, ...(!other ? [] : [
      el("span", { dir: "auto" }, `In another tab you marked here: ${other}. Both are kept until you judge.`),
      this.button("o", "Go on from that", "takeOther", "tool")]));
    return this.otherBox;
  },

  redrawOther() {
    this.otherBox?.replaceWith(this.drawOther());
  },
};
