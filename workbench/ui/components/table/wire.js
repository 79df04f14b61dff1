// What comes from the server and goes to it: numbered messages in, one request at a time out.

const wire = {
  show(data) {
    if (data.session !== this.session) this.begin(data.session);
    this.named = data.named;
    this.asked = Math.max(this.asked, data.done);
    const answered = this.flight && data.done >= this.flight.n ? this.flight : null;
    if (answered) this.flight = null;
    for (const message of data.messages) if (message.n > this.have) this.take(message);
    if (answered?.do === "translation") this.afterWriting(answered);
    if (this.have < data.last && !this.flight && !this.queue.some((one) => one.do === "all")) this.queue.unshift({ do: "all" });
    this.pump();
    requestAnimationFrame(() => this.fit());
  },

  begin(session) {
    clearTimeout(this.addressTimer);
    if (this.flight?.edits || this.queue.some((one) => one.edits)) this.tell("The connection was lost: the last change may not be saved.", "error");
    Object.assign(this, { session, have: 0, asked: 0, flight: null, queue: [], isNew: true });
  },

  take(message) {
    if (!message.all && message.n !== this.have + 1) return;
    this.have = message.n;
    if (message.state !== undefined) this.state = message.state;
    if (message.wrote) this.drafts.written(...message.wrote);
    if (message.all) this.takeAll(message);
    else this.takeChange(message);
    if (!this.part) this.checkWriting();
    if (message.said) this.tell(message.said, message.tone);
    this.root.dataset.state = this.state;
  },

  takeAll(message) {
    const ids = message.all.columns.map((column) => column.id).join();
    const first = !this.pane || this.columnIds !== ids;
    const place = first ? null : this.place();
    this.columnIds = ids;
    this.part = Boolean(message.part); // the beginning only: nothing is counted or searched yet
    this.root.classList.toggle("part", this.part);
    if (first) this.takeSaid(message.at);
    this.model.takeAll(message.all, this.opening);
    this.verdicts = message.verdicts;
    if (first) {
      this.at = null;
      this.writing = null;
      this.build();
    } else {
      for (const lane of this.lanes) lane.forget();
      this.refresh(place);
      this.drawVerdicts();
    }
    if (!this.part || this.node(this.opening)) this.open();
    if (this.part) requestAnimationFrame(() => setTimeout(() => this.ask({ do: "all" })));
    else {
      this.checkLater({ from: 0 });
      if (this.isNew) this.takeUpDrafts();
      this.isNew = false;
    }
    if (!this.part && this.searchBox.value.trim()) this.search();
  },

  takeChange(message) {
    if (this.part) return; // all comes next, with this in it
    const place = this.place();
    if (message.links || message.gone || message.segments || Object.keys(message.disagree ?? {}).length) {
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
    if (message.unchecked) this.checkLater();
    if (message.working) this.waitForWork();
    if (message.links || message.gone) this.askVerdictsLater();
  },

  ask(request) {
    this.queue.push(request);
    const rank = (one) => (one.edits ? 0 : one.do === "find" ? 1 : 2);
    this.queue.sort((a, b) => rank(a) - rank(b));
    this.pump();
  },

  pump() {
    if (this.flight || !this.queue.length) return;
    const request = { ...this.queue.shift(), n: ++this.asked };
    this.flight = request;
    this.send({ session: this.session, have: this.have, state: this.state, ...request });
  },

  // An edit is about what was seen when it was made, or about what one's own edits before it will make of that.
  change(request) {
    this.quietFrom = performance.now() + 1500;
    const seen = [this.flight, ...this.queue].some((one) => one?.edits) ? {} : { state: this.state };
    this.ask({ ...seen, ...request, edits: true });
  },

  // What others did: when somebody comes back to this window, and before they write.
  askNews() {
    if (this.pane && !this.part && !this.queue.some((one) => one.do === "news")) this.ask({ do: "news" });
  },

  // Links are looked at for disagreements a stretch at a time, and not while somebody is at work.
  checkLater(more = {}) {
    clearTimeout(this.checkTimer);
    const wait = Math.max(50, (this.quietFrom ?? 0) - performance.now());
    this.checkTimer = setTimeout(() => {
      if (performance.now() < (this.quietFrom ?? 0)) this.checkLater(more);
      else this.ask({ do: "check", ...more });
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
