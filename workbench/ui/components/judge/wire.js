// What comes from the server and goes to it. What is marked goes back as a draft, until it is judged.

const DRAFT_WAIT = 250; // milliseconds
const AGAIN = 3000; // milliseconds until what is not answered is sent again: each request is carried out once

// What was asked and not answered when judging was last left in this tab: asked when it is shown again.
let unanswered = { session: "", asked: 0, requests: [] };

const wire = {
  take(data) {
    const isNew = data.session !== this.session;
    if (isNew) Object.assign(this, { session: data.session, flight: null, queue: [], sent: null, shown: 0, asked: 0 });
    this.asked = Math.max(this.asked, data.done);
    if (this.flight && data.done >= this.flight.n) this.flight = null;
    if (data.n === this.shown) this.landed(data);
    else this.takeNew(data, isNew);
    this.leaving.goOn();
  },

  takeNew(data, isNew) {
    Object.assign(this, { queue: [], dirty: false, isBehind: false });
    this.shown = data.n;
    this.data = data;
    this.endSent();
    this.open(data.unit);
    this.showWaiting();
    this.tell(data.told?.text ?? "", data.told?.tone);
    this.keepCorrection();
    if (!isNew) return;
    this.takeUpCorrection();
    this.takeUpAsked(data.done);
  },

  // Nothing new to draw: a draft was kept.
  landed(data) {
    if (this.data.other !== data.other) {
      this.data.other = data.other;
      this.redrawOther();
    }
    if (this.isBehind && !this.isUnsaved()) return this.takeNew(data);
    this.pump();
    this.sendDraft();
    this.showWaiting();
  },

  // What is asked waits for a draft that is on its way or still to be sent, and for nothing else: a judgement is never
  // asked for while another is, since the next unit has not been seen yet.
  ask(request) {
    if (this.isAsking()) return;
    if (this.dirty && !("marks" in request)) this.enqueue(this.draft());
    this.enqueue(request);
    this.pump();
  },

  isAsking() {
    return [this.flight, ...this.queue].some((one) => one && one.do !== "draft");
  },

  isUnsaved() {
    return Boolean(this.flight || this.queue.length || this.dirty);
  },

  enqueue(request) {
    clearTimeout(this.draftTimer);
    this.dirty = false;
    this.queue.push({ key: this.data.unit?.key ?? null, ...request });
  },

  pump() {
    if (!this.flight && this.queue.length) {
      this.flight = { session: this.session, n: ++this.asked, ...this.queue.shift() };
      this.sendFlight();
    }
    this.showWaiting();
  },

  sendFlight() {
    clearTimeout(this.sendTimer);
    if (!this.flight) return;
    this.leaving.send(() => this.send(this.flight));
    this.sendTimer = setTimeout(() => this.sendFlight(), AGAIN);
  },

  stash() {
    if (this.dirty) this.enqueue(this.draft());
    clearTimeout(this.sendTimer);
    const requests = [this.flight, ...this.queue].filter(Boolean);
    unanswered = { session: this.session, asked: this.asked, requests };
  },

  takeUpAsked(done) {
    const { session, asked, requests } = unanswered;
    if (session !== this.session) return;
    this.asked = Math.max(this.asked, asked);
    this.queue = requests.filter((one) => !(one.n <= done));
    this.isBehind = this.queue.length > 0; // what was drawn lacks what these say
    this.pump();
  },

  // Drafts go by unseen.
  showWaiting() {
    this.root.classList.toggle("waits", this.isAsking());
  },

  keepDraft() {
    this.dirty = true;
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.sendDraft(), DRAFT_WAIT);
  },

  sendDraft() {
    if (!this.dirty || this.flight || !this.data.unit) return;
    this.enqueue(this.draft());
    this.pump();
  },

  draft() {
    return { do: "draft", ...this.state() };
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
