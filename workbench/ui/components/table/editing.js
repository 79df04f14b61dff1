// What share of their words two runs of passages have in common, 0 to 1.
function alike(runs, others) {
  const [one, two] = [new Set(runs.flat()), new Set(others.flat())];
  const common = [...one].filter((word) => two.has(word)).length;
  return (2 * common) / Math.max(1, one.size + two.size);
}

// What a person changes: each method asks the server for one edit and leaves the page where it is.

// What makes other links of those that are shown, and what is asked for one of them.
const UNDOES = ["undo", "redo"];
const RELINKS = ["merge", "split", "boundary", "unlink", "link", ...UNDOES];
const OF_LINKS = ["accept", "reject", "standAlone", "split", "mergeUp", "mergeDown", "startUp", "startDown", "endDown", "endUp", "realign"];

const editing = {
  // An edit that comes before it is known what those before it made of the links would be about one that is gone.
  hasToWait({ does }) {
    if (!OF_LINKS.includes(does)) return this.later.length > 0 && UNDOES.includes(does);
    return this.later.length > 0 || [...this.flight, ...this.queue].some((one) => RELINKS.includes(one.do));
  },

  // What is selected, by its ids, since others may cut or join passages until then; and what a link is to be that is
  // seen as it was.
  meant({ does }) {
    const [at, from] = [this.at?.[1], this.from].map((index) => this.model.segments[this.at?.[0]]?.[index]?.id);
    return { does, at, from, other: this.other, link: this.link, status: { accept: this.toggled("accepted"), reject: this.toggled("rejected") }[does] };
  },

  // Somebody else was first: what waits for a link that is not as it was seen was not meant for what it is now, nor an
  // undo for what was done before.
  dropUnseen() {
    const isSeen = (link) => (link && this.model.links.get(link.id)) === link;
    this.later = this.later.filter(({ does, link }) => !UNDOES.includes(does) && isSeen(link));
  },

  goOnEditing() {
    const isOpen = () => [...this.flight, ...this.queue].some((one) => one.edits);
    while (this.pane && !this.part && this.later.length && !isOpen()) this.doAsMeant(this.later.shift());
  },

  doAsMeant({ does, at, from, other, status }) {
    const now = { at: this.at, from: this.from, other: this.other };
    const node = at ? this.find(at) : null;
    if (at && !node) return this.tell("A passage that you edited is not there any more: that edit was not made.", "error");
    Object.assign(this, { at: node, from: (from && this.find(from)?.[1]) ?? null, other });
    this[does](status);
    return Object.assign(this, now);
  },

  need(link) {
    if (!link) this.tell("This passage is not linked.");
    return link;
  },

  toggled(status) {
    return this.link?.status === status ? "unreviewed" : status;
  },

  settle(status) {
    const link = this.need(this.link);
    if (link) this.change({ do: "review", bead: link.id, at: link.at, status });
  },

  accept(status = this.toggled("accepted")) {
    this.settle(status);
  },

  reject(status = this.toggled("rejected")) {
    this.settle(status);
  },

  // The pair of columns that an edit of the selected passage is about.
  pairAt() {
    if (this.chosen !== null) return [Math.min(this.at[0], this.chosen), Math.max(this.at[0], this.chosen)];
    if (this.link) return this.link.at;
    return this.at[0] === 0 ? [0, 1] : [0, this.at[0]];
  },

  standAlone() {
    const bead = this.model.beadAt(...this.at, this.pairAt());
    if (bead) this.change({ do: "unlink", bead: bead.id, at: bead.at });
    else this.tell("These documents are not aligned yet.");
  },

  split() {
    const link = this.need(this.link);
    if (!link) return;
    const [mine, other] = link.at[0] === this.at[0] ? ["left", "right"] : ["right", "left"];
    if (link[mine].length < 2 && link[other].length < 2) return this.tell("One passage on either side: there is nothing to split.");
    const cut = { [mine]: Math.max(1, link[mine].indexOf(this.at[1])) };
    const share = this.shareBefore(link, mine, cut[mine]);
    cut[other] = link[other].length > 1 ? this.cutAt(link, mine, other, cut[mine]) : Number(share >= 0.5);
    if (link[mine].length < 2) cut[mine] = 1;
    this.change({ do: "split", bead: link.id, at: link.at, left: cut.left, right: cut.right });
    return undefined;
  },

  lengths(link, side) {
    const column = link.at[side === "left" ? 0 : 1];
    return link[side].map((index) => this.model.segments[column][index].text.length + 1);
  },

  shareBefore(link, side, cut) {
    const lengths = this.lengths(link, side);
    const sum = (list) => list.reduce((all, one) => all + one, 0);
    return sum(lengths.slice(0, cut)) / sum(lengths);
  },

  // Where to cut the other side: so that the halves have words and numbers in common and are about as long.
  cutAt(link, mine, other, at) {
    const [here, there] = [this.wordsOf(link, mine), this.wordsOf(link, other)];
    const share = this.shareBefore(link, mine, at);
    const fits = (cut) => alike(here.slice(0, at), there.slice(0, cut)) + alike(here.slice(at), there.slice(cut))
      - Math.abs(this.shareBefore(link, other, cut) - share);
    return link[other].map((_, cut) => cut).slice(1).reduce((best, cut) => (fits(cut) > fits(best) ? cut : best));
  },

  // In English as far as there is English: numbers, and words that are more than an article.
  wordsOf(link, side) {
    const column = link.at[side === "left" ? 0 : 1];
    const text = ({ english, text }) => (english ?? text).toLowerCase();
    return link[side].map((index) => text(this.model.segments[column][index]).match(/\p{N}+|\p{L}{4,}/gu) ?? []);
  },

  mergeUp() {
    this.merge(-1);
  },

  mergeDown() {
    this.merge(1);
  },

  merge(by) {
    const [column, index] = this.at;
    const at = this.pairAt();
    const bead = this.model.beadAt(column, index, at);
    if (!bead) return this.tell("These documents are not aligned yet.");
    const side = at[0] === column ? "left" : "right";
    const edge = by > 0 ? Math.max(...bead[side]) : Math.min(...bead[side]);
    const next = this.model.beadAt(column, edge + by, at);
    if (!next || next.id === bead.id) return this.tell("There is nothing to merge with on that side.");
    if ([bead, next].some((one) => isLink(one) && !this.model.isShown(one))) return this.linkUnion(at, bead, next);
    return this.change({ do: "merge", at, beads: by > 0 ? [bead.id, next.id] : [next.id, bead.id] });
  },

  // A link too doubtful to be shown does not come in whole.
  linkUnion(at, ...beads) {
    const [column, index] = this.at;
    const side = at[0] === column ? "left" : "right";
    const both = { left: [], right: [] };
    for (const bead of beads) {
      if (!isLink(bead) || this.model.isShown(bead)) for (const one of ["left", "right"]) both[one].push(...bead[one]);
      else both[side].push(...bead[side].filter((place) => Math.abs(place - index) <= bead[side].length));
    }
    if (!both.left.length || !both.right.length) return this.tell("Neither passage is linked: there is nothing to merge.");
    return this.change({ do: "link", at, left: both.left, right: both.right });
  },

  endDown() {
    this.moveBoundary("end", 1);
  },

  endUp() {
    this.moveBoundary("end", -1);
  },

  startDown() {
    this.moveBoundary("start", -1);
  },

  startUp() {
    this.moveBoundary("start", 1);
  },

  moveBoundary(end, step) {
    const link = this.need(this.link);
    if (link) this.change({ do: "boundary", bead: link.id, side: link.at[0] === this.at[0] ? "src" : "tgt", at: link.at, end, step, least: this.model.least });
  },

  // Linking: the selected passages, then their counterpart.
  relink() {
    if (this.picking) return this.finishLink();
    const [low, high] = this.range();
    const nodes = Array.from({ length: high - low + 1 }, (_, at) => low + at);
    this.picking = Object.assign(new Set(), { column: this.at[0], nodes, other: null });
    this.root.classList.add("picking");
    this.drawBar();
    return undefined;
  },

  pick(column, index) {
    const name = `${column}:${index}`;
    if (this.picking.other !== column) this.picking.clear();
    this.picking.other = column;
    if (!this.picking.delete(name)) this.picking.add(name);
    for (const lane of this.lanes) lane.redress();
    this.drawBar();
  },

  finishLink() {
    const { column, nodes, other } = this.picking;
    // By keyboard: the passage under the cursor is the counterpart.
    if (!this.picking.size && this.at[0] !== column) this.pick(...this.at);
    const picked = [...this.picking].map((name) => Number(name.split(":")[1])).sort((a, b) => a - b);
    const where = this.picking.other ?? other;
    if (!picked.length) return this.tell("Choose a passage of another column first.");
    const sides = column < where ? { at: [column, where], left: nodes, right: picked } : { at: [where, column], left: picked, right: nodes };
    this.stopPicking();
    return this.change({ do: "link", ...sides });
  },

  stopPicking() {
    this.picking = null;
    this.root.classList.remove("picking");
    for (const lane of this.lanes) lane.redress();
    this.drawBar();
  },

  // A range, anew: what the links at its ends enclose on the other side.
  realign() {
    const [column] = this.at;
    const [low, high] = this.range();
    const at = this.pairAt();
    const other = at[0] === column ? at[1] : at[0];
    const [mine, theirs] = at[0] === column ? ["left", "right"] : ["right", "left"];
    const links = this.model.shown.filter((link) => link.at.join() === at.join() && link.status !== "rejected" && !this.model.moved.has(link.id));
    const before = links.filter((link) => link[mine].at(-1) < low).map((link) => link[theirs].at(-1));
    const after = links.filter((link) => link[mine][0] > high).map((link) => link[theirs][0]);
    const from = Math.max(-1, ...before) + 1;
    const to = Math.min(this.model.segments[other].length, ...after);
    if (from >= to) return this.tell("The other side has nothing between the links around these passages.");
    const sides = { [mine]: [low, high + 1], [theirs]: [from, to] };
    return this.change({ do: "realign", at, left: sides.left, right: sides.right });
  },

  nextUnreviewed() {
    this.toUnreviewed(1);
  },

  lastUnreviewed() {
    this.toUnreviewed(-1);
  },

  // Link by link, since of several documents a row has many; edits are about the pair of the one that comes.
  toUnreviewed(by) {
    const links = this.model.everyRow.flatMap((row) => row.links);
    const here = this.placeAmong(links, by);
    for (let far = 1; far <= links.length; far++) {
      const link = links[(here + by * far + links.length * 2) % links.length];
      if (link.status !== "unreviewed") continue;
      this.other = link.at[1];
      return this.select(link.at[0], link.left[0], { share: this.isInSight(link.at[0], link.left[0]) ? null : 0.35 });
    }
    return this.tell("Every link that is shown has been reviewed.");
  },

  // Where the selected link stands among those of all rows; without one, right before the next of its row, or right
  // behind the one before it.
  placeAmong(links, by) {
    const at = this.link ? links.indexOf(this.link) : -1;
    if (at >= 0) return at;
    const row = this.at ? this.model.everyRow.findIndex((one) => this.indicesIn(one, this.at[0]).includes(this.at[1])) : 0;
    const before = this.model.everyRow.slice(0, row).reduce((all, one) => all + one.links.length, 0);
    return by > 0 ? before - 1 : before;
  },

  isInSight(column, index) {
    const lane = this.lanes[this.mode === "rows" ? 0 : column];
    const at = this.itemAt[column][index];
    return at >= 0 && lane.tops[at] >= lane.box.scrollTop && lane.tops[at + 1] <= lane.box.scrollTop + lane.box.clientHeight;
  },

  undo() {
    this.change({ do: "undo" });
  },

  redo() {
    this.change({ do: "redo" });
  },
};
