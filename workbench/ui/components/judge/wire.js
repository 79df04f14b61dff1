// What comes from the server and goes to it. What is marked goes back as a draft, until it is judged.

const DRAFT_WAIT = 250; // milliseconds

const wire = {
  take(data) {
    const isNew = data.session !== this.session;
    if (isNew) Object.assign(this, { session: data.session, flight: null, next: null, sent: null, shown: 0, asked: 0 });
    this.asked = Math.max(this.asked, data.done);
    if (this.flight && data.done >= this.flight) this.flight = null;
    if (data.n === this.shown) return this.landed(data);
    Object.assign(this, { next: null, dirty: false });
    this.shown = data.n;
    this.data = data;
    this.endSent();
    this.open(data.unit);
    this.showWaiting();
    this.tell(data.told?.text ?? "", data.told?.tone);
    this.keepCorrection();
    if (isNew) this.takeUpCorrection();
  },

  // Nothing new to draw: a draft was kept.
  landed(data) {
    if (this.data.other !== data.other) {
      this.data.other = data.other;
      this.redrawOther();
    }
    if (this.flight) return;
    const { next } = this;
    this.next = null;
    if (next) this.request(next);
    else this.sendDraft();
    this.showWaiting();
  },

  // What is asked waits for a draft that is on its way or still to be sent, and for nothing else: a judgement is never
  // asked for while another is, since the next unit has not been seen yet.
  ask(request) {
    if (this.isAsking()) return;
    const isWhole = !this.dirty || "marks" in request;
    if (!this.flight && isWhole) return this.request(request);
    this.next = request;
    this.sendDraft();
    this.showWaiting();
  },

  isAsking() {
    return Boolean(this.next || (this.flight && this.flies !== "draft"));
  },

  request(request) {
    clearTimeout(this.draftTimer);
    this.dirty = false;
    this.flight = ++this.asked;
    this.flies = request.do;
    this.send({ session: this.session, n: this.flight, key: this.data.unit?.key ?? null, ...request });
    this.showWaiting();
  },

  // Drafts go by unseen.
  showWaiting() {
    this.root.classList.toggle("waits", Boolean(this.next || (this.flight && this.flies !== "draft")));
  },

  keepDraft() {
    this.dirty = true;
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.sendDraft(), DRAFT_WAIT);
  },

  sendDraft() {
    if (this.dirty && !this.flight && this.data.unit) this.request({ do: "draft", ...this.state() });
  },

  state() {
    const unit = this.data.unit;
    const placed = ({ side, start, end, severity }) => {
      const text = side === "src" ? unit.source : unit.target;
      return { side, start: charactersTo(text, start), end: charactersTo(text, end), severity };
    };
    const marks = this.marks.map((mark) => ({ ...placed(mark), category: mark.category, note: mark.note }));
    const suspects = this.suspects.map((one) => ({ ...placed(one), reason: one.reason, check: one.check }));
    return { marks, suspects, score: this.score, note: this.note };
  },
};

// The reverse of unitsAt.
function charactersTo(text, at) {
  return Array.from(text.slice(0, at)).length;
}
