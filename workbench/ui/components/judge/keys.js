// What can be done, by key or button, and the legend of it.

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
  { key: "o", does: "takeOther", tells: { all: "Go on from what you marked in another tab" } },
  { key: "z", does: "takeBack", tells: { all: "Take back your latest judgement" } },
  { key: "?", does: "toggleHelp", tells: { all: "These keys" } },
  { key: "Esc", tells: { all: "Leave what you are doing" } },
];

const keys = {
  key(event) {
    if (composes(event) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.help.open || this.correction) return;
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
    const key = keyOf(event);
    const found = KEYS.find((one) => one.key === key && one.does);
    if (!found || event.repeat || !this.tells(found) || (!this.data.unit && !["b", "z", "g", "?"].includes(found.key))) return;
    event.preventDefault();
    this[found.does]();
  },

  escape() {
    this.cursor = this.touched = null;
    if (this.texts) this.drawTexts();
    this.root.focus({ preventScroll: true });
  },

  scoreKey(event) {
    const key = keyOf(event);
    if (!/^[0-9]$/.test(key)) {
      this.digits = "";
      return false;
    }
    const typed = Number(this.digits + key);
    this.digits = typed > 100 ? key : this.digits + key;
    this.setScore(Number(this.digits));
    return true;
  },

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
  },

  drawHelp() {
    const told = KEYS.map((one) => [one.key, this.tells(one)]).filter(([, tells]) => tells);
    const line = ([key, tells]) => [el("dt", {}, ...key.split(" ").map((part) => el("kbd", {}, part.length === 1 ? part.toUpperCase() : part))), el("dd", {}, tells)];
    const shut = on(el("button", { type: "button", class: "icon", "aria-label": "Close" }, icon("reject")), "click", () => this.help.close());
    this.help.replaceChildren(el("div", { class: "row" }, el("strong", {}, "Keys"), el("span", { class: "space" }), shut),
      el("dl", {}, ...told.flatMap(line)), el("p", { class: "quiet" }, "Every judgement is saved at once; what you mark before is, too."));
  },

  tells(one) {
    const { scheme } = this.data;
    return one.tells.all ?? one.tells[scheme] ?? (scheme === "grade" ? "" : one.tells.else) ?? "";
  },

  toggleHelp() {
    if (this.help.open) this.help.close();
    else this.help.showModal();
  },
};
