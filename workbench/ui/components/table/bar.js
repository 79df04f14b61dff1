// The bar: what is selected, what can be done, and what is said.

const bar = {
  tell(text, tone = "") {
    if (!this.said) return;
    if (this.said.textContent !== text) this.said.textContent = text;
    this.said.className = `said ${tone}`;
    clearTimeout(this.telling);
    // What went wrong, and words that are given back, stay until something else is said.
    if (tone !== "error") this.telling = setTimeout(() => (this.said.textContent = ""), 6000);
  },

  // The link that edits are about: in the pair that was chosen, or else the first that the passage has.
  get link() {
    if (!this.at) return null;
    return this.chosen === null ? this.model.linkAt(...this.at) : this.model.linkWith(...this.at, this.chosen);
  },

  get chosen() {
    return this.model.columns.length > 2 && this.other !== this.at[0] && this.model.columns[this.other] ? this.other : null;
  },

  // Which other document edits are about, the next one each time.
  nextOther() {
    if (this.model.columns.length < 3) return this.tell("There are two documents only.");
    const others = this.model.columns.map((_, at) => at).filter((at) => at !== this.at[0]);
    this.chooseOther(others[(others.indexOf(this.pairOther()) + 1) % others.length]);
    return undefined;
  },

  pairOther() {
    const [a, b] = this.pairAt();
    return a === this.at[0] ? b : a;
  },

  chooseOther(column) {
    this.other = column;
    this.drawBar();
  },

  drawBar() {
    const buttons = this.picking ? this.pickingButtons() : ACTIONS.map((action) => this.drawAction(action));
    this.bar.replaceChildren(el("span", { class: "selected-now" }, ...this.selectedInWords(), ...(this.picking || this.from !== null ? [] : [this.drawNext()])), el("span", { class: "actions", role: "toolbar", "aria-label": "What to do with the selected passage" }, ...buttons));
  },

  drawNext() {
    const button = el("button", { type: "button", class: "tool", title: "Next link that nobody has reviewed (U)", "aria-keyshortcuts": "u" }, "Next", el("kbd", {}, "U"));
    return on(button, "click", () => {
      this.nextUnreviewed();
      this.pane.focus({ preventScroll: true });
    });
  },

  selectedInWords() {
    if (this.picking) return [`Choose the counterpart of ${passages(this.picking.nodes)} in another column`];
    if (!this.at) return [el("span", { class: "quiet" }, "Click a passage, or press an arrow key")];
    const [low, high] = this.range();
    const several = this.model.columns.length > 2;
    const name = several ? this.letter(this.at[0]) : "passages";
    const others = several ? ["with", this.drawOthers()] : [];
    if (low !== high) return [el("span", {}, `${name} ${low + 1}–${high + 1}`), ...others, this.drawAlignAgain()];
    const link = this.link;
    const copy = on(el("button", { type: "button", class: "tool", "aria-label": "Copy the address of this passage", title: "Copy the address of this passage (I)" }, icon("link")), "click", () => this.copyAddress());
    if (several) return [el("span", {}, `${name} ${this.at[1] + 1}`), ...others, ...(link ? [this.drawWhy(link)] : []), copy];
    if (!link) return [`passage ${this.at[1] + 1}`, el("span", { class: "quiet" }, this.standing()), copy];
    return [el("span", { class: "between" }, `${numbers(link.left)} ↔ ${numbers(link.right)}`), this.drawWhy(link), copy];
  },

  drawAlignAgain() {
    const button = el("button", { type: "button", class: "small", title: "Align these passages again; accepted and imported links stay (G)" }, "Align again", el("kbd", {}, "G"));
    return on(button, "click", () => this.realign());
  },

  // How a passage that is not linked stands.
  standing() {
    const [column, index] = this.at;
    if (this.model.segments[column][index].out) return "left out";
    return this.model.columns[column].aligned ? "only here" : "not aligned yet";
  },

  drawWhy(link) {
    return on(el("button", { type: "button", class: `chip ${link.band}`, title: "Why (W)", "aria-expanded": String(!this.whyBox.hidden) }, link.status === "unreviewed" ? link.band : link.review, " ?"), "click", () => this.why());
  },

  // With more than two documents: what the passage is linked to in each, and which of them edits are about.
  drawOthers() {
    const now = this.pairOther();
    const buttons = this.model.columns.map((column, at) => {
      if (at === this.at[0]) return null;
      const link = this.model.linkWith(...this.at, at);
      const there = link ? numbers(link.at[0] === at ? link.left : link.right) : "–";
      const tells = `Edits are about ${column.name} (B: the next one)`;
      return on(el("button", { type: "button", "aria-pressed": String(at === now), title: tells }, `${this.letter(at)} ${there}`), "click", () => this.chooseOther(at));
    });
    return el("span", { class: "others", role: "group", "aria-label": "Edits are about" }, ...buttons);
  },

  drawAction(action) {
    const open = action.does === "toggleEnds" && !this.endsBox.hidden;
    const pressed = open || this.link && ((action.does === "accept" && this.link.status === "accepted") || (action.does === "reject" && this.link.status === "rejected"));
    const button = el("button", { type: "button", title: `${action.tells} (${shown(action.key)})`, "aria-keyshortcuts": action.key, "aria-pressed": pressed ? "true" : null, disabled: !action.always && !this.at },
      icon(action.icon), el("span", { class: "label" }, action.label), el("kbd", {}, shown(action.key)));
    return on(button, "click", () => {
      this.pane.focus({ preventScroll: true }); // first, since some lead elsewhere
      this.run(action);
    });
  },

  // Stays open, since an end is often moved by more than one passage.
  toggleEnds() {
    this.endsBox.hidden = !this.endsBox.hidden;
    this.whyBox.hidden = true;
    if (!this.endsBox.hidden) this.reveal(...this.at, 0.35); // not below the box
    this.drawBar();
  },

  drawEnds() {
    const button = (action) => on(el("button", { type: "button", class: "small", title: action.tells }, action.label, el("kbd", {}, shown(action.key))),
      "click", () => {
        this.run(action);
        this.pane.focus({ preventScroll: true });
      });
    const [before, first, after, last] = ENDS_OF_LINK.map(button);
    const row = (label, ...buttons) => el("div", { class: "end-row", role: "group", "aria-label": label }, el("span", { class: "quiet" }, label), ...buttons);
    return el("div", { class: "why ends", hidden: true }, row("Where the link begins", before, first), row("Where it ends", after, last));
  },

  pickingButtons() {
    return [on(el("button", { type: "button", class: "main-action", disabled: !this.picking.size }, icon("link"), "Link these", el("kbd", {}, "Enter")), "click", () => this.finishLink()),
      on(el("button", { type: "button" }, "Never mind", el("kbd", {}, "Esc")), "click", () => this.stopPicking())];
  },

  why() {
    if (!this.at || !this.whyBox.hidden) this.whyBox.hidden = true;
    else {
      const links = this.model.byNode[this.at[0]][this.at[1]];
      const lines = (link) => [...this.inWords(link).split("\n"), ...(link.disagree ?? []).map((one) => one.reason)];
      this.whyBox.replaceChildren(...(links.length ? links.map((link) => {
        const [head, ...rest] = lines(link);
        return el("div", { class: link.band }, el("strong", {}, head), el("ul", {}, ...rest.map((line) => el("li", { dir: "auto" }, line))));
      }) : [el("p", {}, "No passage of the other documents was found to say this.")]));
      this.whyBox.hidden = false;
      this.endsBox.hidden = true;
    }
    this.drawBar();
  },

  whyOf(row) {
    const node = row.querySelector("[data-node]").dataset.node.split(":").map(Number);
    const same = this.at && row.classList.contains("current") && !this.whyBox.hidden;
    this.select(...node);
    if (!same) this.why();
    this.pane.focus({ preventScroll: true });
  },
};
