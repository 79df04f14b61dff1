// A list of which only what is in sight is in the page. Heights are guessed until an item was drawn once; what is
// in sight stays where it is when a guess above it proves wrong, and when the items change.

const MARGIN = 600; // pixels drawn beyond either edge

class Lane {
  // `draw(item)` makes an element, `dress(element, item)` says what is selected or lit, `guess(item)` is a height.
  // Items have a `key` that says all that their element depends on.
  constructor(box, { draw, dress, guess, moved }) {
    Object.assign(this, { box, draw, dress, guess, moved });
    this.body = el("div", { class: "lane", role: "presentation" });
    box.append(this.body);
    this.items = [];
    this.tops = new Float64Array(1);
    this.heights = new Map();
    this.drawn = new Map();
    this.expected = 0;
    on(box, "scroll", () => this.scrolled());
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(box);
  }

  // Where a reader is: the first item in sight, or `preferred` where that is in sight, and how far below the edge.
  place(preferred = -1) {
    const sees = (at) => at >= 0 && this.tops[at + 1] > this.box.scrollTop && this.tops[at] < this.box.scrollTop + this.box.clientHeight;
    const at = sees(preferred) ? preferred : this.indexAt(this.box.scrollTop);
    return { item: this.items[at], below: (this.tops[at] ?? 0) - this.box.scrollTop };
  }

  set(items, at = 0, below = 0) {
    this.items = items;
    this.sizes = Float64Array.from(items, (item) => this.heights.get(item.key) ?? this.guess(item));
    this.tops = new Float64Array(items.length + 1);
    this.stack(0);
    this.scrollTo((this.tops[at] ?? 0) - below);
    this.render();
    if (items.length) this.scrollTo(this.tops[at] - below);
    this.render();
  }

  stack(from) {
    for (let at = from; at < this.items.length; at++) this.tops[at + 1] = this.tops[at] + this.sizes[at];
    this.body.style.height = `${this.tops.at(-1)}px`;
  }

  indexAt(y) {
    let low = 0;
    let high = this.items.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  render() {
    for (let pass = 0; pass < 4; pass++) {
      this.fill();
      if (!this.learn()) break;
    }
    this.moved?.(this);
  }

  fill() {
    const { scrollTop, clientHeight } = this.box;
    this.first = this.indexAt(scrollTop - MARGIN);
    this.last = this.items.length ? this.indexAt(scrollTop + clientHeight + MARGIN) : -1;
    const wanted = new Map();
    for (let at = this.first; at <= this.last; at++) wanted.set(this.items[at].key, this.items[at]);
    for (const [key, node] of this.drawn) {
      if (wanted.has(key)) continue;
      node.remove();
      this.drawn.delete(key);
    }
    this.body.style.paddingTop = `${this.tops[this.first] ?? 0}px`;
    let before = null;
    for (const [key, item] of wanted) {
      let node = this.drawn.get(key);
      if (!node) this.drawn.set(key, (node = this.draw(item)));
      this.dress(node, item);
      const next = before ? before.nextSibling : this.body.firstChild;
      if (next !== node) this.body.insertBefore(node, next);
      before = node;
    }
  }

  // The true heights of what is drawn; true where one was not known.
  learn() {
    const at = this.indexAt(this.box.scrollTop);
    const below = this.tops[at] - this.box.scrollTop;
    let news = -1;
    for (let item = this.last; item >= this.first; item--) {
      const { key } = this.items[item];
      const { height } = this.drawn.get(key).getBoundingClientRect();
      if (!height || Math.abs(this.sizes[item] - height) < 0.5) continue;
      this.heights.set(key, height);
      this.sizes[item] = height;
      news = item;
    }
    if (news < 0) return false;
    this.stack(news);
    this.body.style.paddingTop = `${this.tops[this.first]}px`;
    this.scrollTo(this.tops[at] - below);
    return true;
  }

  scrollTo(y) {
    this.box.scrollTop = y;
    this.expected = this.box.scrollTop;
  }

  scrolled() {
    const byHand = Math.abs(this.box.scrollTop - this.expected) > 1.5;
    this.expected = this.box.scrollTop;
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.render();
      if (byHand) this.onScroll?.();
    });
  }

  resized() {
    if (this.width === this.box.clientWidth && this.height === this.box.clientHeight) return;
    const { item, below } = this.place();
    if (this.width !== this.box.clientWidth) this.heights.clear();
    this.width = this.box.clientWidth;
    this.height = this.box.clientHeight;
    this.set(this.items, Math.max(0, this.items.indexOf(item)), below);
  }

  redraw() {
    this.forget();
    this.render();
  }

  forget() {
    for (const node of this.drawn.values()) node.remove();
    this.drawn.clear();
  }

  redress() {
    for (let at = this.first; at <= this.last; at++) {
      const node = this.drawn.get(this.items[at].key);
      if (node) this.dress(node, this.items[at]);
    }
  }

  // `share`: where in sight the item goes, 0 the upper edge, 0.5 the middle; without, no further than needed.
  reveal(at, share = null) {
    if (!this.items[at]) return;
    for (let pass = 0; pass < 3; pass++) {
      this.scrollTo(this.wanted(at, share));
      this.render();
    }
  }

  wanted(at, share) {
    const { scrollTop, clientHeight } = this.box;
    const [top, bottom] = [this.tops[at], this.tops[at + 1]];
    if (share !== null) return top - Math.max(0, clientHeight - (bottom - top)) * share;
    if (top < scrollTop + 8) return top - 8;
    if (bottom > scrollTop + clientHeight - 8) return Math.min(top - 8, bottom - clientHeight + 8);
    return scrollTop;
  }

  leave() {
    this.observer.disconnect();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}
