// What comes from the server and goes to it: numbered messages in; out, all requests that are not answered yet. Edits go
// at once, so that none waits in a page that is left; of all else one at a time.

const AGAIN = 3000; // milliseconds until what is not answered is sent again: each request is carried out once

const SLOW = "Not saved yet: the workbench is slow to answer. Leave this page open until it does.";

const NONE = { session: "", asked: 0, flight: [], later: [] };

// Edits, when the table was last left in this tab, those that still waited, and the number of the latest request: the
// server takes each one once.
let unanswered = NONE;

const wire = {
  // What comes while a mouse button is down waits: a click on what was drawn anew meanwhile would be none.
  show(data) {
    if (this.isPressed) this.shownNext = data;
    else this.showNow(data);
  },

  showNow(data) {
    if (data.session !== this.session) this.begin(data.session);
    this.named = data.named;
    this.asked = Math.max(this.asked, data.done);
    const answered = this.flight.filter((one) => one.n <= data.done);
    this.flight = this.flight.filter((one) => one.n > data.done);
    for (const message of data.messages) if (message.n > this.have) this.take(message);
    for (const one of answered) if (one.do === "translation") this.afterWriting(one);
    if (this.have < data.last && !this.flight.length && !this.queue.some((one) => one.do === "all")) this.queue.unshift({ do: "all" });
    this.pump();
    this.goOnEditing();
    if (this.said?.textContent === SLOW && !this.isUnsaved()) this.tell("");
    const changes = this.lost === 1 ? "change" : `${this.lost} changes`;
    if (this.lost) this.tell(`The connection was lost: the last ${changes} may not be saved.`, "error");
    this.lost = 0;
    this.leaving.goOn();
    requestAnimationFrame(() => this.fit());
  },

  pressed(event) {
    this.isPressed = event.button === 0;
  },

  // After the click, which the browser tells next.
  released(event) {
    if (!this.isPressed || event.buttons) return;
    setTimeout(() => {
      this.isPressed = false;
      const data = this.shownNext;
      this.shownNext = null;
      if (data) this.showNow(data);
    });
  },

  begin(session) {
    clearTimeout(this.addressTimer);
    const { asked, flight, later } = unanswered.session === session ? unanswered : NONE;
    if (unanswered.session !== session) waiting = [];
    const left = unanswered.session === session ? [] : [...unanswered.flight, ...unanswered.later];
    this.lost = this.unsaved().length + left.length;
    unanswered = NONE;
    Object.assign(this, { session, have: 0, asked, flight, later, queue: [], isNew: true });
    this.sendLater(0);
  },

  unsaved() {
    return [...this.flight, ...this.queue].filter((one) => one.edits).concat(this.later);
  },

  isUnsaved() {
    return this.unsaved().length > 0;
  },

  take(message) {
    if (!message.all && message.n !== this.have + 1) return;
    this.have = message.n;
    if (message.state !== undefined) this.state = message.state;
    if (message.wrote) this.drafts.written(...message.wrote);
    if (message.all) this.takeAll(message);
    else this.takeChange(message);
    if (message.conflict) this.dropUnseen();
    if (!this.part) this.checkWriting();
    if (message.said) this.tell(message.said, message.tone);
    this.root.dataset.state = this.state;
  },

  takeAll(message) {
    const ids = message.all.columns.map((column) => column.id).join();
    const first = !this.pane || this.columnIds !== ids;
    const place = first ? null : this.place();
    const before = this.model.segments;
    this.columnIds = ids;
    this.part = Boolean(message.part); // the beginning only: nothing is counted or searched yet
    this.isChecking = true;
    this.root.classList.toggle("part", this.part);
    if (first) this.takeSaid(message.at);
    this.model.takeAll(message.all, this.opening);
    this.verdicts = message.verdicts;
    if (first) {
      this.at = null;
      this.writing = null;
      this.build();
      if (!this.opening && (this.model.filter !== "all" || this.model.query)) this.writeAddress();
    } else {
      for (const lane of this.lanes) lane.forget();
      this.findAgain(before);
      this.refresh(place);
      this.drawVerdicts();
    }
    if (!this.part || this.node(this.opening)) this.open();
    if (this.part) requestAnimationFrame(() => setTimeout(() => this.ask({ do: "all" })));
    else {
      this.checkLater({ from: 0 });
      if (this.isNew) this.takeUpDrafts();
      if (this.isNew && this.model.least !== message.all.least) this.askVerdictsLater(); // the server knew of no other
      this.isNew = false;
      setTimeout(() => this.takeWaiting()); // once all that came is shown
    }
    if (!this.part && this.searchBox.value.trim()) this.search();
  },

  takeChange(message) {
    if (this.part) return; // all comes next, with this in it
    const place = this.place();
    if (message.unchecked !== undefined) this.takeUnchecked(message.unchecked);
    if (message.links || message.gone || message.segments || Object.keys({ ...message.disagree, ...message.reworded }).length) {
      this.model.takeChange(message);
      if (message.segments?.length) for (const lane of this.lanes) lane.forget();
      this.refresh(place);
      if (message.segments?.length && this.model.query) this.search();
    }
    if (message.found) this.takeFound(message.found);
    if (message.verdicts) {
      this.verdicts = message.verdicts;
      this.drawVerdicts();
    }
    if (message.working) this.waitForWork();
    if (message.links || message.gone) this.askVerdictsLater();
  },

  // `unchecked`: how many links nobody has looked at for where they differ yet.
  takeUnchecked(unchecked) {
    if (unchecked) this.checkLater();
    if (this.isChecking === unchecked > 0) return;
    this.isChecking = unchecked > 0;
    this.drawCounts();
    this.drawNone();
  },

  ask(request) {
    this.queue.push(request);
    const rank = (one) => (one.edits ? 0 : one.do === "find" ? 1 : 2);
    this.queue.sort((a, b) => rank(a) - rank(b));
    this.pump();
  },

  pump() {
    if (this.isLeft) return; // whatever a timer asks for late: the table that comes next asks for itself
    const goes = (one, at) => one.edits || (at === 0 && !this.flight.length);
    const now = this.queue.filter(goes);
    this.queue = this.queue.filter((one) => !now.includes(one));
    for (const one of now) this.flight.push({ ...one, n: ++this.asked });
    if (now.length) this.sendAll();
  },

  sendAll() {
    const { session, have, flight } = this;
    if (flight.length) this.leaving.send(() => this.send({ session, have, requests: flight }));
    this.sendLater(AGAIN);
  },

  sendLater(wait) {
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => {
      if (wait && this.isUnsaved()) this.tell(SLOW);
      if (this.flight.length) this.sendAll();
    }, wait);
  },

  // An edit is about what was seen when it was made, or about what one's own edits before it will make of that.
  change(request) {
    this.quietFrom = performance.now() + 1500;
    const seen = this.isUnsaved() ? {} : { state: this.state };
    this.ask({ ...seen, ...request, edits: true });
  },

  // What others did: when somebody comes back to this window, and before they write.
  askNews() {
    if (this.pane && !this.part && !this.queue.some((one) => one.do === "news")) this.ask({ do: "news" });
  },

  // Links are looked at for where they differ a stretch at a time, and not while somebody is at work.
  // What was to be begun again is so too where something else asks meanwhile.
  checkLater(more = {}) {
    this.check = { do: "check", ...this.check, ...more };
    clearTimeout(this.checkTimer);
    const wait = Math.max(50, (this.quietFrom ?? 0) - performance.now());
    this.checkTimer = setTimeout(() => {
      if (performance.now() < (this.quietFrom ?? 0)) return this.checkLater();
      this.ask(this.check);
      this.check = null;
      return undefined;
    }, wait);
  },

  waitForWork() {
    this.tell("Aligning these passages again …");
    clearTimeout(this.workTimer);
    this.workTimer = setTimeout(() => this.ask({ do: "wait" }), 300);
  },

  askVerdictsLater() {
    clearTimeout(this.verdictTimer);
    this.verdictTimer = setTimeout(() => this.ask({ do: "verdicts", least: this.model.least }), 1000);
  },
};
