// The dialog in which a translation is corrected, or another proposed where the text is the document's own. What is typed
// is a draft until the server says that it is written.

// A draft's name: Compare knows that of a translation too. What tests attention is no translation of its source.
const draftOf = ({ key }) => [key.unit, key.decoy].filter(Boolean).join(" ");
const wordingOf = (unit) => unit.corrected || unit.target;

const correcting = {
  openCorrection() {
    const { unit } = this.data;
    if (!unit || this.isAsking()) return;
    const id = draftOf(unit);
    const draft = this.drafts.get(id);
    const before = draft?.before ?? wordingOf(unit);
    const box = el("textarea", { lang: unit.tgtLang, dir: "auto", rows: 4, "aria-label": "The translation, corrected" });
    box.value = draft?.text ?? wordingOf(unit);
    on(box, "input", () => this.drafts.put(id, { text: box.value, before }));
    on(box, "keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.sendCorrection();
    });
    const does = unit.proposes ? "Propose a correction" : "Correct the translation";
    const beside = el("div", { class: "beside" });
    const dialog = el("dialog", { class: "correction", "aria-label": does },
      el("strong", {}, does), el("p", { lang: unit.srcLang, dir: "auto" }, unit.source), box, this.drawSame(unit),
      el("p", { class: "quiet" }, unit.proposes
        ? "This text is the document's own and stays as it is. What you propose is kept as a remark on the link, which goes into exports and into the report."
        : "It is judged as it was found; pairs and exports have the correction."), beside);
    on(dialog, "close", () => this.leftCorrection(dialog));
    this.correction = { id, before, box, beside, dialog };
    this.drawChoices();
    this.root.append(dialog);
    dialog.showModal();
    box.focus();
  },

  drawSame(unit) {
    if (!unit.same.length) return null;
    const others = unit.same.map((one) => el("label", {}, el("input", { type: "checkbox", value: one.id, "data-seen": one.target, checked: !one.byHand }),
      el("span", {}, el("b", { dir: "auto" }, one.where), " ",
        el("span", { class: "quiet", dir: "auto" }, one.target + (one.note ? ` (${one.note})` : "")))));
    return el("fieldset", {}, el("legend", {}, `The same text stands in ${count(others.length, "other place")}; ${unit.proposes ? "propose it" : "correct"} there, too:`), ...others);
  },

  // What can be done, and what stands in the way of it.
  drawChoices(said = "") {
    const { before, beside, dialog } = this.correction;
    const now = wordingOf(this.data.unit);
    const theirs = plain(now) !== plain(before);
    const save = el("button", { type: "button", class: "primary", disabled: Boolean(this.sent) }, theirs ? "Save mine instead" : "Save", el("kbd", {}, "Ctrl Enter"));
    const shut = el("button", { type: "button", class: "tool" }, theirs ? "Leave it as it is now" : "Cancel");
    on(save, "click", () => this.sendCorrection());
    on(shut, "click", () => dialog.close());
    beside.replaceChildren(el("p", { class: "told error", role: "status", hidden: !said }, said),
      ...(theirs ? [el("p", {}, "Changed meanwhile. It is now: ", el("q", { lang: this.data.unit.tgtLang, dir: "auto" }, now))] : []),
      el("div", { class: "row" }, save, shut));
  },

  sendCorrection() {
    if (this.isAsking()) return;
    const { id, before, box, dialog } = this.correction;
    const also = Object.fromEntries([...dialog.querySelectorAll("input:checked")].map((tick) => [tick.value, tick.dataset.seen]));
    this.drafts.put(id, { text: box.value, before });
    this.sent = { id, text: plain(box.value) };
    this.drawChoices();
    this.ask({ do: "correct", text: box.value, also, ...this.state() });
  },

  // At once: the browser tells later that it is shut, and a key may come before that.
  shutCorrection() {
    const dialog = this.correction?.dialog;
    dialog?.close();
    if (dialog) this.leftCorrection(dialog);
  },

  // Whoever shuts it wants none of it, unless it has been sent or its unit was taken from the page.
  leftCorrection(dialog) {
    if (!dialog.isConnected) return;
    if (this.correction?.dialog === dialog) {
      if (!this.sent) this.drafts.drop(this.correction.id);
      this.correction = null;
    }
    dialog.remove();
    this.root.focus({ preventScroll: true });
  },

  // Before something new is drawn: what became of what was sent.
  endSent() {
    const { sent, data } = this;
    this.sent = null;
    if (!sent || data.told?.tone === "error") return;
    this.drafts.written(sent.id, sent.text);
    this.shutCorrection();
  },

  // After something new is drawn: who was refused, or saw another unit come, still has their words.
  keepCorrection() {
    if (!this.correction?.dialog.open) return;
    const { unit, told } = this.data;
    const { id, box, dialog } = this.correction;
    if (unit && draftOf(unit) === id) return this.drawChoices(told?.text);
    this.correction = null;
    dialog.close();
    return this.tell(`${told?.text ?? "This is another unit."} You wrote: “${box.value}”`, told?.tone);
  },

  // Go on where a reload or a lost connection cut it off.
  takeUpCorrection() {
    const { unit } = this.data;
    const draft = unit && this.drafts.get(draftOf(unit));
    if (!draft || this.correction) return;
    if (plain(draft.text) === plain(wordingOf(unit))) return this.dropDraft(unit);
    this.openCorrection();
    return this.drawChoices("You had not saved this yet.");
  },

  dropDraft(unit) {
    this.drafts.drop(draftOf(unit));
    this.draw();
  },

  // Words that were not saved, where nobody is writing.
  drawUnsaved(unit) {
    const draft = this.drafts.get(draftOf(unit));
    if (!draft || this.correction) return null;
    const button = (label, does) => on(el("button", { type: "button", class: "tool" }, label), "click", does);
    return el("div", { class: "row unsaved" }, el("span", {}, "Not saved: ", el("q", { lang: unit.tgtLang, dir: "auto" }, draft.text)),
      button("Go on writing", () => this.openCorrection()), button("Drop it", () => this.dropDraft(unit)));
  },
};
