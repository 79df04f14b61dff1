// The dialog in which a translation is corrected, or another proposed where the text is the document's own.

const correcting = {
  openCorrection() {
    const { unit } = this.data;
    if (!unit) return;
    const box = el("textarea", { lang: unit.tgtLang, dir: "auto", rows: 4, "aria-label": "The translation, corrected" });
    box.value = unit.corrected || unit.target;
    const others = unit.same.map((one) => {
      const tick = el("input", { type: "checkbox", value: one.id, checked: !one.byHand });
      return el("label", {}, tick, el("span", {}, el("b", { dir: "auto" }, one.where), " ",
        el("span", { class: "quiet", dir: "auto" }, one.target + (one.note ? ` (${one.note})` : ""))));
    });
    const save = el("button", { type: "button", class: "primary" }, "Save", el("kbd", {}, "Ctrl Enter"));
    const shut = on(el("button", { type: "button", class: "tool" }, "Cancel"), "click", () => this.dialog.close());
    const send = () => {
      const also = [...this.dialog.querySelectorAll("input:checked")].map((tick) => tick.value);
      this.dialog.close();
      this.ask({ do: "correct", text: box.value, also, ...this.state() });
    };
    on(save, "click", send);
    on(box, "keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    });
    this.dialog = el("dialog", { class: "correction", "aria-label": unit.proposes ? "Propose a correction" : "Correct the translation" },
      el("strong", {}, unit.proposes ? "Propose a correction" : "Correct the translation"),
      el("p", { lang: unit.srcLang, dir: "auto" }, unit.source), box,
      others.length ? el("fieldset", {}, el("legend", {}, `The same text stands in ${count(others.length, "other place")}; ${unit.proposes ? "propose it" : "correct"} there, too:`), ...others) : null,
      el("p", { class: "quiet" }, unit.proposes
        ? "This text is the document's own and stays as it is. What you propose is kept as a remark on the link, which goes into exports and into the report."
        : "It is judged as it was found; pairs and exports have the correction."),
      el("div", { class: "row" }, save, shut));
    on(this.dialog, "close", () => {
      this.dialog.remove();
      this.root.focus({ preventScroll: true });
    });
    this.root.append(this.dialog);
    this.dialog.showModal();
    box.focus();
  },
};
