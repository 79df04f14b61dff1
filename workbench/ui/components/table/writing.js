// Writing the English of a passage: a draft until the server says that it is written.

const writing = {
  edit() {
    const [column, index] = this.at;
    const segment = this.model.segments[column][index];
    if ((segment.lang ?? this.model.columns[column].lang).split("-")[0] === "en") return this.tell("This passage is in English itself.");
    this.write(segment);
    return undefined;
  },

  // `state`: of the workspace, up to which the writer knows what became of this English.
  write(segment) {
    this.leaveWriting();
    const draft = this.drafts.get(segment.id);
    const field = el("textarea", { class: "writing", lang: "en", dir: "auto", rows: "2", "aria-label": "English of this passage", title: "Nothing at all: back to the model's" });
    field.value = draft?.text ?? segment.english ?? "";
    const beside = el("div", { class: "beside" });
    const box = el("div", { class: "writing-box" }, field, beside);
    const before = this.isOnItsWay(segment.id) ? draft.text : draft?.before ?? segment.english ?? "";
    this.writing = { id: segment.id, box, field, beside, before, state: this.state };
    on(field, "keydown", (event) => this.keyInWriting(event));
    on(field, "input", () => this.typed());
    // Later: where the field is drawn anew it has the focus again by then.
    on(box, "focusout", () => setTimeout(() => this.leftField(field)));
    this.redrawLanes();
    this.fitField();
    this.reveal(...this.find(segment.id));
    field.focus({ preventScroll: true });
    this.askNews();
  },

  // As high as what is in it. Heights are known in the page only.
  fitField() {
    const { field } = this.writing;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 4, 400)}px`;
    for (const lane of this.lanes) lane.render();
  },

  typed() {
    const { id, field, before } = this.writing;
    this.drafts.put(id, { text: field.value, before });
    this.fitField();
  },

  keyInWriting(event) {
    event.stopPropagation();
    if (composes(event) || (event.key !== "Escape" && (event.key !== "Enter" || event.shiftKey))) return;
    event.preventDefault();
    this.stopWriting(event.key === "Enter");
    this.pane.focus({ preventScroll: true });
  },

  // Another window, or a field that was scrolled out of sight, is not left.
  leftField(field) {
    if (this.writing?.field !== field || !field.isConnected) return;
    if (!this.writing.box.contains(this.root.getRootNode().activeElement)) this.leaveWriting();
  },

  // Whoever turns to something else has finished, but takes nothing from anybody who wrote meanwhile.
  leaveWriting() {
    if (!this.writing) return;
    if (!this.isChangedMeanwhile()) return this.stopWriting(true);
    this.writing = null;
    this.redrawLanes();
    return undefined;
  },

  stopWriting(save) {
    if (!this.writing) return;
    const { id, field, before, state } = this.writing;
    this.writing = null;
    const text = plain(field.value);
    if (!save || text === plain(before)) this.drafts.drop(id);
    else {
      this.drafts.put(id, { text: field.value, before });
      this.change({ do: "translation", segment: id, text, state });
    }
    this.redrawLanes();
  },

  redrawLanes() {
    for (const lane of this.lanes) lane.redraw();
  },

  englishOf(id) {
    const [column, index] = this.find(id);
    return plain(this.model.segments[column][index].english);
  },

  isChangedMeanwhile() {
    return this.find(this.writing.id) !== null && this.englishOf(this.writing.id) !== plain(this.writing.before);
  },

  isOnItsWay(id) {
    return [...this.flight, ...this.queue].some((one) => one.do === "translation" && one.segment === id);
  },

  drawWriting(segment) {
    const { box, beside } = this.writing;
    const theirs = this.isChangedMeanwhile();
    const button = (label, key, save) => {
      const made = el("button", { type: "button", class: "small" }, label, el("kbd", {}, key));
      on(made, "mousedown", (event) => event.preventDefault()); // the field is not left by pressing it
      return on(made, "click", () => {
        this.stopWriting(save);
        this.pane.focus({ preventScroll: true });
      });
    };
    beside.replaceChildren(el("p", { class: "choices" }, button(theirs ? "Save mine instead" : "Save", "Enter", true), button(theirs ? "Leave it as it is now" : "Never mind", "Esc", false)));
    if (theirs) beside.append(el("p", { class: "note" }, segment.english ? "Changed meanwhile. It is now:" : "Changed meanwhile. It has no English now."));
    if (theirs && segment.english) beside.append(el("p", { class: "english", lang: "en", dir: "auto", title: segment.by }, segment.english));
    return box;
  },

  // Words that were not saved, where nobody is writing.
  drawDraft(segment) {
    const draft = this.drafts.get(segment.id);
    if (!draft || this.writing?.id === segment.id || this.isOnItsWay(segment.id)) return null;
    const button = (label, does) => on(el("button", { type: "button", class: "small" }, label), "click", does);
    return el("p", { class: "note draft" }, "Not saved: ", el("q", { lang: "en", dir: "auto" }, draft.text),
      button("Go on writing", () => {
        this.select(...this.find(segment.id));
        this.write(segment);
      }),
      button("Drop it", () => {
        this.drafts.drop(segment.id);
        this.redrawLanes();
      }));
  },

  // A field that was drawn anew, or came back into sight, goes on where it was, unless something else has the focus.
  keepWriting() {
    const { host, activeElement } = this.root.getRootNode();
    const nowhere = !activeElement && [document.body, host].includes(document.activeElement);
    if (this.writing?.field.isConnected && nowhere) this.writing.field.focus({ preventScroll: true });
  },

  // Whoever scrolled the field out of sight and types on means to write there.
  returnToWriting() {
    this.reveal(...this.find(this.writing.id));
    this.writing.field.focus({ preventScroll: true });
  },

  // After a message: what is being written about may be another, or gone.
  checkWriting() {
    if (!this.writing) return;
    if (!this.find(this.writing.id)) this.giveBack(this.writing.field.value);
    else if (!this.isChangedMeanwhile()) this.writing.state = this.state;
  },

  giveBack(text) {
    this.writing = null;
    this.tell(`The passage whose English you wrote is not there any more. You wrote: “${text}”`, "error");
  },

  // What was sent is answered: where it was refused, its writer has it back.
  afterWriting({ segment, text }) {
    const draft = this.drafts.get(segment);
    const node = this.find(segment);
    if (draft && !node) this.giveBack(text);
    else if (draft && !this.writing && this.at?.join() === node.join()) this.write(this.model.segments[node[0]][node[1]]);
    else this.redrawLanes();
  },

  // Go on writing where a reload or a lost connection cut it off; elsewhere a draft waits for its passage to be shown.
  takeUpDrafts() {
    if (this.writing) return;
    const found = [...this.drafts.all.keys()].filter((id) => this.find(id));
    for (const id of found) if (this.englishOf(id) === plain(this.drafts.get(id).text)) this.drafts.drop(id);
    const open = found.filter((id) => this.drafts.get(id));
    if (!open.length) return;
    const [column, index] = this.find(open.at(-1));
    this.jump(column, index);
    this.write(this.model.segments[column][index]);
    this.tell(open.length === 1 ? "You had not saved this yet: Enter saves it, Esc leaves it as it was."
      : `You had not saved the English of ${open.length} passages yet; this is one of them.`);
  },
};
