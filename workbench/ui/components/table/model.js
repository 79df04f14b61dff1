// The documents and links as the server sent them, and what follows: rows, filters, counts, search.

const FILTERS = [
  ["all", "All", "Everything, in the order of the first document"],
  ["linked", "Linked", "What has a counterpart"],
  ["only", "Only here", "What only one of the documents has"],
  ["disagree", "Disagree", "Linked passages whose numbers, dates, names or negations differ"],
  ["doubtful", "Doubtful", "Links that may be wrong, or begin or end in the wrong place"],
  ["unreviewed", "Unreviewed", "Links that nobody has accepted or rejected yet"],
  ["reworded", "Reworded", "Linked passages in one language that differ in words; the words are marked where most are the same"],
];

class Model {
  constructor() {
    this.columns = [];
    this.segments = [];
    this.links = new Map();
    this.least = 0.4;
    this.filter = "all";
    this.query = "";
    this.hits = new Map(); // by node: where the query stands, in characters
    this.pinned = new Set(); // links shown however doubtful, because an address names them
    this.touched = new Set(); // nodes edited since the filter was chosen: they stay in sight
  }

  // Other documents are coming; what of them is wished for, where anything is.
  begin({ least, filter, query }) {
    this.filter = FILTERS.some(([name]) => name === filter) ? filter : "all";
    this.query = query ?? "";
    this.wished = least;
    this.touched.clear();
  }

  // `at`: the id that the address names; a link is shown then, however doubtful.
  takeAll({ columns, segments, links, least }, at) {
    Object.assign(this, { columns, segments });
    this.least = this.wished ?? (this.links.size ? this.least : least);
    this.wished = undefined;
    this.hits = new Map();
    this.links = new Map(links.map((link) => [link.id, link]));
    if (!this.offers(this.filter)) this.filter = "all";
    if (this.links.has(at)) this.pinned.add(at);
    this.derive();
  }

  // What two documents in one language have is asked of no others.
  offers(filter) {
    const languages = this.columns.map(({ lang }) => lang.split("-", 1)[0]);
    return filter !== "reworded" || new Set(languages).size < languages.length;
  }

  takeChange({ links = [], gone = [], segments = [], disagree = {}, reworded = {} }) {
    for (const id of gone) this.links.delete(id);
    for (const link of links) {
      const { disagree: told, reworded: marks } = this.links.get(link.id) ?? {};
      this.links.set(link.id, { disagree: told, reworded: marks, ...link });
      for (const [column, index] of this.nodesOf(link)) this.touched.add(`${column}:${index}`);
    }
    for (const [column, index, segment] of segments) {
      this.segments[column][index] = segment;
      this.hits.delete(`${column}:${index}`); // places in what was there
    }
    for (const [name, told] of Object.entries({ disagree, reworded })) {
      for (const [id, found] of Object.entries(told)) if (this.links.has(id)) this.links.get(id)[name] = found;
    }
    if (links.length || gone.length || segments.length) this.derive();
    else this.renameRows(new Set([...Object.keys(disagree), ...Object.keys(reworded)]));
  }

  // What is known of a link besides changes no row but its key.
  renameRows(ids) {
    for (const row of this.everyRow) if (row.links.some((link) => ids.has(link.id))) row.key = this.keyOf(row);
    this.applyFilter();
  }

  derive() {
    const shown = [...this.links.values()].filter((link) => isLink(link) && this.isShown(link));
    this.byNode = this.segments.map((column) => column.map(() => []));
    this.alone = new Map();
    for (const link of shown) for (const [column, index] of this.nodesOf(link)) this.byNode[column][index]?.push(link);
    for (const link of this.links.values()) {
      if (isLink(link) || link.status !== "accepted") continue;
      for (const [column, index] of this.nodesOf(link)) {
        const name = `${column}:${index}`;
        const other = link.at[0] === column ? link.at[1] : link.at[0];
        if (!this.linkWith(column, index, other)) this.alone.set(name, [...(this.alone.get(name) ?? []), { other, by: link.reviewer }]);
      }
    }
    this.moved = new Set();
    for (const [, links] of this.byPair(shown)) for (const link of movedLinks(links)) this.moved.add(link.id);
    this.shown = shown;
    this.hidden = [...this.links.values()].filter((link) => isLink(link) && !this.isShown(link)).length;
    this.everyRow = arrange(this.segments.map((column) => column.map((segment) => segment.out ?? "")), shown);
    for (const row of this.everyRow) row.key = this.keyOf(row);
    this.applyFilter();
  }

  isShown(link) {
    return link.status === "accepted" || link.confidence >= this.least - 1e-9 || this.pinned.has(link.id);
  }

  byPair(links) {
    const found = new Map();
    for (const link of links) {
      if (link.status === "rejected") continue;
      const name = link.at.join(":");
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(link);
    }
    return found;
  }

  nodesOf(link) {
    return [...link.left.map((index) => [link.at[0], index]), ...link.right.map((index) => [link.at[1], index])];
  }

  // All that the drawing of a row depends on, short.
  keyOf(row) {
    const name = (column) => (index) => `${index}${this.aloneKey(column, index)}`;
    const cells = row.cells.map((cell, column) => cell.map((run) => `${run.kind[0]}${run.indices.map(name(column)).join(",")}`).join("/")).join("|");
    const links = row.links.map((link) => `${link.id}${link.status}${link.reviewer ?? ""}${this.differs(link)}`).join();
    return `${cells}#${links}`;
  }

  differs(link) {
    return `${this.moved.has(link.id)}${link.disagree?.length ?? ""}/${link.reworded?.length ?? ""}`;
  }

  aloneKey(column, index) {
    return (this.alone.get(`${column}:${index}`) ?? []).map(({ other }) => `n${other}`).join("");
  }

  applyFilter() {
    const keeps = (row) => this.keeps(row) || this.wasTouched(row);
    this.rows = this.filter === "all" ? this.everyRow : this.everyRow.filter(keeps);
    this.rowAt = this.segments.map((column) => new Int32Array(column.length).fill(-1));
    this.rows.forEach((row, at) => row.cells.forEach((cell, column) => {
      for (const run of cell) for (const index of run.indices) this.rowAt[column][index] = at;
    }));
  }

  keepInSight(node) {
    this.touched.add(node.join(":"));
    this.applyFilter();
  }

  wasTouched(row) {
    return this.touched.size > 0 && row.cells.some((cell, column) =>
      cell.some((run) => run.indices.some((index) => this.touched.has(`${column}:${index}`))));
  }

  keeps(row, filter = this.filter) {
    if (filter === "all") return true;
    if (filter === "only") return this.onlyIn(row) > 0;
    return row.links.some((link) => this.linkIs(link, filter));
  }

  linkIs(link, filter) {
    if (filter === "linked") return link.status !== "rejected";
    if (filter === "disagree") return link.status !== "rejected" && link.disagree?.length > 0;
    if (filter === "reworded") return link.status !== "rejected" && Boolean(link.reworded);
    if (filter === "unreviewed") return link.status === "unreviewed";
    return link.status === "unreviewed" && (link.band === "doubtful" || Boolean(link.endsDoubtful));
  }

  // In each document's own order the same filter speaks of passages.
  keepsNode(column, index) {
    if (this.filter === "all" || this.touched.has(`${column}:${index}`)) return true;
    if (this.filter === "only") return this.columns[column].aligned && this.isOnly(column, index);
    return this.byNode[column][index].some((link) => this.linkIs(link, this.filter));
  }

  counts() {
    const counts = Object.fromEntries(FILTERS.map(([name]) => [name, this.everyRow.filter((row) => this.keeps(row, name)).length]));
    return { ...counts, only: this.everyRow.reduce((all, row) => all + this.onlyIn(row), 0) };
  }

  // How many passages of a row an alignment says are in no other document, or only in what was rejected; of what was
  // never aligned nobody knows.
  onlyIn(row) {
    return row.cells.reduce((all, cell, column) => all + (this.columns[column].aligned
      ? cell.flatMap((run) => run.indices).filter((index) => this.isOnly(column, index)).length : 0), 0);
  }

  isOnly(column, index) {
    return !this.segments[column][index].out && !this.byNode[column][index].some((link) => link.status !== "rejected");
  }

  coverage(column) {
    const included = this.segments[column].filter((segment) => !segment.out).length;
    const linked = this.segments[column].filter((segment, index) =>
      !segment.out && this.byNode[column][index].some((link) => link.status !== "rejected")).length;
    return { included, linked, out: this.segments[column].length - included };
  }

  // The document as `parts` shares: how much of each is linked, and how much left out.
  strip(column, parts = 160) {
    const segments = this.segments[column];
    const total = Math.min(parts, segments.length);
    return Array.from({ length: total }, (_, part) => {
      const [from, to] = [Math.floor((segments.length * part) / total), Math.floor((segments.length * (part + 1)) / total)];
      let [linked, out] = [0, 0];
      for (let index = from; index < to; index++) {
        if (segments[index].out) out += 1;
        else if (this.byNode[column][index].some((link) => link.status !== "rejected")) linked += 1;
      }
      return [linked / (to - from), out / (to - from)];
    });
  }

  // The link that an edit of a passage means where nobody chose: one to the first column where there is one.
  linkAt(column, index) {
    const links = this.byNode[column]?.[index] ?? [];
    return links.find((link) => link.status !== "rejected") ?? links[0] ?? null;
  }

  linkWith(column, index, other) {
    return (this.byNode[column]?.[index] ?? []).find((link) => link.at.includes(other)) ?? null;
  }

  // The bead that holds a passage in a pair of columns, linked or alone, shown or not.
  beadAt(column, index, at) {
    const side = at[0] === column ? "left" : "right";
    for (const link of this.byNode[column]?.[index] ?? []) if (link.at.join() === at.join()) return link;
    for (const link of this.links.values()) {
      if (link.at.join() === at.join() && link[side].includes(index)) return link;
    }
    return null;
  }

  // What the server found of a text: see `places_found` in workbench/ui/rows.py. Places are read where they are drawn.
  takeFound({ text, hits }) {
    this.query = text;
    this.hits = new Map(hits.flatMap((passages, column) => passages.split(" ").filter(Boolean).map((one) => {
      const [index, original, english] = one.split(":");
      return [`${column}:${index}`, { original, english }];
    })));
  }

  // The passages where it stands, in the order of the page.
  get matches() {
    if (!this.hits.size) return [];
    return this.everyRow.flatMap((row) => row.cells.flatMap((cell, column) => cell.flatMap((run) => run.indices)
      .filter((index) => this.hits.has(`${column}:${index}`)).map((index) => [column, index])));
  }

  // `part`: "original" or "english".
  found(column, index, part, text) {
    const places = this.hits.get(`${column}:${index}`)?.[part];
    if (!places) return [];
    return places.split(",").map((place) => place.split("-").map((at) => unitsAt(text, Number(at))))
      .map(([start, end]) => ({ start, end, kind: "hit" }));
  }

  // Where a passage differs from its counterparts, in facts or in words.
  differing(column, index) {
    const text = this.segments[column][index].text;
    const place = (kind, title) => ([, , start, end]) => ({ start: unitsAt(text, start), end: unitsAt(text, end), kind, title });
    const here = (marks) => marks.filter(([at, segment]) => at === column && segment === index);
    return this.byNode[column][index].filter((link) => link.status !== "rejected").flatMap((link) => [
      ...here(link.reworded ?? []).map(place("reworded", `Not in ${this.columns[link.at[link.at[0] === column ? 1 : 0]].name}`)),
      ...(link.disagree ?? []).flatMap((one) => here(one.marks).map(place("differs", one.reason))),
    ]);
  }
}
