// What is selected and lit, and how arrow keys go from one passage to the next.

const selection = {
  dress(node, item) {
    for (const segment of node.querySelectorAll("[data-node]")) {
      const name = segment.dataset.node;
      segment.classList.toggle("lit", this.lit.has(name));
      segment.classList.toggle("selected", this.isSelected(name));
      segment.classList.toggle("picked", Boolean(this.picking?.has(name)));
      segment.classList.toggle("match", this.matchName === name);
    }
    node.classList.toggle("current", this.at !== null && this.indicesIn(item, this.at[0]).includes(this.at[1]));
  },

  isSelected(name) {
    if (!this.at) return false;
    const [column, index] = name.split(":").map(Number);
    const [low, high] = this.range();
    return column === this.at[0] && index >= low && index <= high;
  },

  range() {
    const from = this.from ?? this.at[1];
    return [Math.min(from, this.at[1]), Math.max(from, this.at[1])];
  },

  // Where somebody cut or joined passages, what is selected is found again by its id: its number is another's now.
  // `before`: the passages of each column as they were.
  findAgain(before) {
    const now = this.model.segments;
    if (before.every((segments, column) => segments.every((one, index) => one.id === now[column][index]?.id))) return;
    const again = (column, index) => now[column].findIndex((one) => one.id === before[column][index]?.id);
    if (this.at) {
      const [column] = this.at;
      const [index, from] = [this.at[1], this.from].map((one) => again(column, one));
      this.at = index < 0 ? null : [column, index];
      this.from = from < 0 ? null : from;
      this.pane.setAttribute("aria-activedescendant", this.at ? `s${column}-${index}` : "");
    }
    if (this.picking) {
      this.stopPicking();
      this.tell("Passages were cut or joined meanwhile: choose again what to link.");
    }
  },

  counterparts(column, index) {
    return (this.model.byNode[column]?.[index] ?? []).flatMap((link) => this.model.nodesOf(link));
  },

  hover(target) {
    const name = target.closest?.("[data-node]")?.dataset.node;
    if (name === this.hovered) return;
    this.hovered = name;
    this.light(name ? name.split(":").map(Number) : this.at);
  },

  light(node) {
    this.lit = new Set(node ? this.counterparts(...node).map((one) => one.join(":")) : []);
    for (const lane of this.lanes) lane.redress();
    if (this.mode === "own") this.drawRibbons();
  },

  select(column, index, { extend = false, share = undefined, quiet = false } = {}) {
    if (!this.model.segments[column]?.[index]) return;
    if (!extend) this.from = null;
    else if (this.at?.[0] === column) this.from ??= this.at[1];
    this.at = [column, index];
    this.whyBox.hidden = true;
    if (share !== undefined) this.reveal(column, index, share);
    this.light(this.at);
    if (this.mode === "own" && !quiet) this.bring(column, index);
    this.pane.setAttribute("aria-activedescendant", `s${column}-${index}`);
    this.pane.classList.add("has-selection");
    this.drawBar();
    this.chart.draw([this.at, ...this.counterparts(column, index)]);
    this.writeAddress();
  },

  reveal(column, index, share = null) {
    let at = this.itemAt[column][index];
    if (at < 0) {
      this.setFilter("all");
      at = this.itemAt[column][index];
    }
    this.lanes[this.mode === "rows" ? 0 : column].reveal(at, share);
  },

  jump(column, index) {
    this.select(column, index, { share: 0.35 });
    this.pane.focus({ preventScroll: true });
  },

  move(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, ArrowLeft: 0, ArrowRight: 0, Home: 0, End: 0, PageDown: 10, PageUp: -10 };
    if (!(event.key in steps) || event.composedPath()[0].matches?.("input, select")) return false;
    const isEdge = ["Home", "End"].includes(event.key);
    if (!this.at && (!this.enter() || !isEdge)) return Boolean(this.at);
    const [column, index] = this.at;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.sideways(event.key === "ArrowRight" ? 1 : -1);
    else if (isEdge) this.select(column, this.order(column).at(event.key === "Home" ? 0 : -1), { share: 0.35 });
    else this.step(column, index, steps[event.key], event.shiftKey);
    return true;
  },

  // The first passage in sight.
  enter() {
    const place = this.place()?.find(Boolean);
    if (place) this.select(place.column, this.nearby(place.column, place.index, 1), { share: null });
    return Boolean(place);
  },

  // Up and down a column, as it stands on the page.
  step(column, index, by, extend) {
    const order = this.order(column);
    const at = order.indexOf(index);
    const next = at < 0 ? this.nearby(column, index, by) : order[Math.max(0, Math.min(order.length - 1, at + by))];
    if (next !== undefined) this.select(column, next, { extend, share: null });
  },

  // The passage itself; where it is left out, or the filter hides it, the nearest that is not: after it, or before it
  // where `by` is negative, as far as there is one.
  nearby(column, index, by) {
    const order = this.order(column);
    if (order.includes(index)) return index;
    const beyond = order.filter((one) => (one - index) * by > 0);
    return (beyond.length ? beyond : order).toSorted((a, b) => Math.abs(a - index) - Math.abs(b - index))[0];
  },

  order(column) {
    if (this.orderOf?.version !== this.version || this.orderOf.column !== column) {
      const items = this.mode === "rows" ? this.model.rows : this.lanes[column].items;
      this.orderOf = { version: this.version, column, order: items.flatMap((item) => this.indicesIn(item, column)).filter((index) => !this.model.segments[column][index].out) };
    }
    return this.orderOf.order;
  },

  sideways(by) {
    const [column, index] = this.at;
    const other = column + by;
    if (!this.model.columns[other]) return;
    const link = this.model.byNode[column][index].find((one) => one.at.includes(other));
    if (link) this.select(other, (link.at[0] === other ? link.left : link.right)[0], { share: null });
    else this.select(other, this.beside(column, index, other), { share: null, quiet: true });
  },

  // The passage of another column that stands nearest on the page.
  beside(column, index, other) {
    if (this.mode === "own") {
      const lane = this.lanes[other];
      const found = lane.items[lane.indexAt(lane.box.scrollTop + Math.max(0, this.top(column, index)))]?.indices[0] ?? 0;
      return this.nearby(other, found, 1);
    }
    const row = this.model.rowAt[column][index];
    for (let far = 0; far < this.model.rows.length; far++) {
      for (const at of [row + far, row - far]) {
        const found = this.indicesIn(this.model.rows[at], other).filter((one) => !this.model.segments[other][one].out);
        if (found.length) return found[0];
      }
    }
    return 0;
  },
};
