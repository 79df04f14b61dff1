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
  return atItsEnd(judge.root, () => judge.leave());
}

class Judge {
  constructor(root) {
    this.root = root;
    this.asked = 0;
    this.drafts = new Drafts();
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
    this.touched = null; // words that are selected by touch
    on(root, "pointerdown", (event) => (this.touched = event.target.closest("button") && this.touched));
    this.select = () => (this.touched = this.selected() ?? this.touched);
    document.addEventListener("selectionchange", this.select);
    this.leaving = new Leaving(/^\/check$/, () => this.isUnsaved());
  }

  leave() {
    window.removeEventListener("keydown", this.outer);
    document.removeEventListener("selectionchange", this.select);
    this.leaving.end();
    this.stash();
  }

  focusScore() {
    this.digits = "";
    this.slider?.focus();
  }

  focusNote() {
    this.noteBox.focus();
  }

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

  takeOther() {
    if (this.data.other) this.ask({ do: "other" });
  }

  onward() {
    this.ask({ do: "next" });
  }

  takeBack() {
    this.ask({ do: "takeBack" });
  }

  tell(text, tone = "info") {
    this.said.textContent = text;
    this.said.className = `told ${tone}`;
  }
}

// The parts stand in files of their own, and know one another by `this`.
for (const part of [wire, drawing, panel, keys, marking, correcting]) {
  Object.defineProperties(Judge.prototype, Object.getOwnPropertyDescriptors(part));
}
