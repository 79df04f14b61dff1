// What comes from the server and goes to it. What is marked goes back as a draft, until it is judged.

const DRAFT_WAIT = 250; // milliseconds

const wire = {
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
  },

  // A judgement is never asked for while another is on its way: the next unit has not been seen yet.
  ask(request) {
    if (this.flight) return;
    clearTimeout(this.draftTimer);
    this.dirty = false;
    this.flight = ++this.asked;
    this.root.classList.add("waits");
    this.send({ session: this.session, n: this.flight, key: this.data.unit?.key ?? null, ...request });
  },

  keepDraft() {
    this.dirty = true;
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.sendDraft(), DRAFT_WAIT);
  },

  sendDraft() {
    if (this.dirty && !this.flight && this.data.unit) this.ask({ do: "draft", ...this.state() });
  },

  state() {
    const unit = this.data.unit;
    const placed = ({ side, start, end, severity }) => {
      const text = side === "src" ? unit.source : unit.target;
      return { side, start: charactersTo(text, start), end: charactersTo(text, end), severity };
    };
    const marks = this.marks.map((mark) => ({ ...placed(mark), category: mark.category, note: mark.note }));
    const suspects = this.suspects.map((one) => ({ ...placed(one), reason: one.reason, check: one.check }));
    return { seen: unit.target, marks, suspects, score: this.score, note: this.note };
  },
};

// The reverse of unitsAt.
function charactersTo(text, at) {
  return Array.from(text.slice(0, at)).length;
}
