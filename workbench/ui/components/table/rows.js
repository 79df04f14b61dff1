// What a row, or a passage in its own order, looks like.

const LONG = 1500; // characters, beyond which a passage scrolls by itself
const ENDS = "ends doubtful";

const rows = {
  guessRow(row) {
    const lines = row.cells.map((cell) => cell.reduce((sum, run) => sum + (run.kind === "out" ? 2 : run.indices.reduce((all, index) => all + 3 + (this.length(cell, row, index) >> 6), 0)), 0));
    return 18 + 22 * Math.max(1, ...lines);
  },

  length(cell, row, index) {
    const segment = this.model.segments[row.cells.indexOf(cell)][index];
    return Math.min(LONG, segment.text.length) + Math.min(LONG, segment.english?.length ?? 0);
  },

  guessItem(item) {
    if (item.out) return 44;
    const segment = this.model.segments[item.column][item.indices[0]];
    return 40 + 22 * ((Math.min(LONG, segment.text.length) + Math.min(LONG, segment.english?.length ?? 0)) >> 6);
  },

  drawRow(row) {
    const linked = row.links.length > 0;
    const rejected = linked && row.links.every((link) => link.status === "rejected");
    const band = ["doubtful", "likely", "sure"].find((name) => row.links.some((link) => link.band === name)) ?? "";
    const cells = row.cells.map((cell, column) => this.drawCell(cell, column, linked));
    return el("div", { class: `row ${linked ? "linked-row" : "gap-row"} ${band}${rejected ? " rejected-row" : ""}`, role: "row" },
      this.drawMark(row.links, band), this.drawRemarks(row.links), ...cells);
  },

  drawMark(links, band) {
    if (!links.length) return el("span", { class: "mark", role: "presentation" });
    const status = links.every((link) => link.status === "accepted") ? "accepted" : links.every((link) => link.status === "rejected") ? "rejected" : "";
    const why = links.map((link) => this.inWords(link)).join("\n\n");
    return el("span", { class: "mark", role: "rowheader" },
      el("button", { type: "button", class: `dot ${status}`, tabindex: "-1", title: why, "aria-label": `${band}${status ? `, ${status}` : ""}: why?`, "data-do": "why" },
        status ? icon(status === "accepted" ? "accept" : "reject") : null));
  },

  // What is out of the ordinary, in words; what is sure and in its place needs none.
  drawRemarks(links) {
    const chips = links.flatMap((link) => this.remarks(link).map(([kind, label, tells]) => el("span", { class: `chip ${kind}`, title: tells }, this.between(links, link) + label)));
    return chips.length ? el("div", { class: "remarks", role: "presentation" }, ...chips) : null;
  },

  between(links, link) {
    return links.length > 1 ? `${this.letter(link.at[0])}–${this.letter(link.at[1])} ` : "";
  },

  remarks(link) {
    const found = [];
    if (link.review) found.push(["plain", link.review, ""]);
    if (link.status === "rejected") return found;
    if (link.band === "doubtful" && link.status === "unreviewed") found.push(["doubtful", "doubtful", link.why.join("\n")]);
    if (link.endsDoubtful) found.push(["ends", ENDS, link.why.join("\n")]);
    if (link.disagree?.length) {
      const kinds = [...new Set(link.disagree.map((one) => one.kind))];
      found.push(["differs-chip", `${kinds.join(", ")} ${kinds.length === 1 ? "differs" : "differ"}`, link.disagree.map((one) => one.reason).join("\n")]);
    }
    if (this.model.moved.has(link.id)) found.push(["plain", "moved", `Told in another place in ${this.model.columns[link.at[1]].name}`]);
    return found;
  },

  inWords(link) {
    const side = (at, indices) => (this.model.columns.length > 2 ? `${this.letter(at)} ` : "") + numbers(indices);
    return [`${side(link.at[0], link.left)} ↔ ${side(link.at[1], link.right)}: ${link.band}${link.review ? `, ${link.review}` : ""}`, ...link.why].join("\n");
  },

  drawCell(cell, column, linked) {
    const runs = cell.map((run) => this.drawRun(run, column));
    const aligned = this.model.columns[column].aligned;
    const empty = linked && !runs.length ? el("p", { class: "nothing" }, aligned ? "nothing on this here" : "not aligned yet") : null;
    return el("div", { class: "cell", role: "gridcell", "data-name": this.model.columns[column].name }, ...runs, empty);
  },

  drawRun(run, column) {
    if (run.kind === "out") return this.drawOut(run.indices, column);
    const segments = run.indices.map((index) => this.drawSegment(column, index));
    if (run.kind === "linked") return el("div", { class: "run" }, ...segments);
    const tag = this.model.columns[column].aligned ? el("p", { class: "only-tag" }, "only here") : null;
    return el("div", { class: "run only" }, tag, ...segments);
  },

  drawOut(indices, column) {
    const of = indices.map((index) => this.model.segments[column][index]);
    const details = el("details", { class: "run out" }, el("summary", { tabindex: "-1" }, `${passages(indices)} left out: ${of[0].out}`));
    on(details, "toggle", () => {
      if (details.childElementCount === 1) {
        const reasons = [...new Set(of.map((segment) => segment.reason).filter(Boolean))];
        details.append(this.drawInclude(of), el("ul", {}, ...reasons.map((reason) => el("li", { dir: "auto" }, reason))),
          ...indices.map((index) => this.drawSegment(column, index)));
      }
      for (const lane of this.lanes) lane.render();
    });
    return details;
  },

  drawInclude(segments) {
    return on(el("button", { type: "button", class: "small" }, "Bring back"), "click", () =>
      this.change({ do: "include", segments: segments.map((segment) => segment.id), included: true }));
  },

  drawItem(item) {
    if (item.out) return el("div", { class: "item gap-row", role: "row" }, el("div", { role: "gridcell" }, this.drawOut(item.indices, item.column)));
    const links = this.model.byNode[item.column][item.indices[0]];
    const band = ["doubtful", "likely", "sure"].find((name) => links.some((link) => link.band === name)) ?? "";
    const rejected = links.length && links.every((link) => link.status === "rejected") ? " rejected-row" : "";
    const first = links.filter((link) => link.at[0] === item.column && link.left[0] === item.indices[0]);
    return el("div", { class: `item ${links.length ? "linked-row" : "gap-row"} ${band}${rejected}`, role: "row" },
      el("div", { class: "cell", role: "gridcell" }, this.drawRemarks(first), this.drawSegment(item.column, item.indices[0])));
  },

  drawSegment(column, index) {
    const segment = this.model.segments[column][index];
    const long = segment.text.length > LONG;
    const alone = this.model.alone.get(`${column}:${index}`) ?? [];
    return el("div", { class: `segment ${segment.kind ?? "body"}-kind${segment.english ? " has-english" : ""}`, "data-node": `${column}:${index}`, id: `s${column}-${index}` },
      el("span", { class: "number" }, String(index + 1)),
      segment.speaker ? el("span", { class: "speaker", dir: "auto" }, segment.speaker) : null,
      el("p", { class: `original${long ? " long" : ""}`, lang: segment.lang ?? this.model.columns[column].lang, dir: "auto" },
        ...marked(segment.text, [...this.model.found(column, index, "original", segment.text), ...this.model.differing(column, index)])),
      this.drawEnglish(segment, column, index),
      segment.note ? el("p", { class: `note ${segment.note.split(/\W/, 1)[0]}` }, segment.note) : null,
      this.drawDraft(segment),
      ...alone.map((said) => el("p", { class: "note not" }, this.noCounterpart(said))));
  },

  noCounterpart({ other, by }) {
    return `no counterpart${this.model.columns.length > 2 ? ` in ${this.letter(other)}` : ""}${by ? `, says ${by}` : ""}`;
  },

  drawEnglish(segment, column, index) {
    if (this.writing?.id === segment.id) return this.drawWriting(segment);
    if (this.isOnItsWay(segment.id)) return el("p", { class: "saving", lang: "en", dir: "auto", title: "Being saved" }, this.drafts.get(segment.id)?.text);
    if (!segment.english) return null;
    const long = segment.english.length > LONG;
    return el("p", { class: `english${long ? " long" : ""}`, lang: "en", dir: "auto", title: segment.by }, ...marked(segment.english, this.model.found(column, index, "english", segment.english)));
  },
};
