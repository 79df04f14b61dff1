// The address says which passage is selected, what is shown and how: a reload and a link lead there. What one chooses to
// see is no step of the browser's history, so that Back leads to what was there before this page or these documents.

const SAID = ["at", "pair", "filter", "find", "least", "hide", "order"];
const PARTS = ["original", "english"];

// The documents that were last shown in this tab, what the address says of them or is about to, where that was left, and
// whether for another page.
let lastShown = [];

const addresses = {
  // What the address says; where it names documents only, what it said when the reader went to another page, or of other
  // documents that were shown right before on this one; and where the table is drawn from nothing in its place, what the
  // address was about to say.
  inAddress() {
    const said = new URLSearchParams(location.search);
    const [ids, before, left, wasElsewhere] = lastShown;
    const isSame = ids === this.columnIds;
    if (SAID.some((name) => said.has(name))) return isSame && left === location.href ? before : said;
    if (isSame) return before;
    return before && !wasElsewhere ? new URLSearchParams([...before].filter(([name]) => name !== "at")) : said;
  },

  leaveAddress() {
    clearTimeout(this.addressTimer); // the address is another page's by now
    lastShown[2] = location.href;
    lastShown[3] = !this.leaving.isHere();
  },

  // `asked`: the id that the server was asked for. An address that this page wrote has a confidence and says all; with
  // others the reader's own habits hold.
  takeSaid(asked) {
    const said = this.inAddress();
    this.opening = said.get("at") ?? said.get("pair") ?? asked;
    const least = Number(said.get("least") ?? NaN);
    if (least >= 0 && least <= 100) {
      const hidden = (said.get("hide") ?? "").split(",");
      for (const part of PARTS) this.prefs[`no-${part}`] = hidden.includes(part);
      this.prefs.least = least / 100;
      this.prefs.mode = said.get("order") === "own" ? "own" : "rows";
    }
    this.model.begin({ least: this.prefs.least, filter: said.get("filter"), query: said.get("find") });
  },

  open() {
    const at = this.opening;
    this.opening = "";
    if (!at) return;
    const node = this.node(at);
    if (node && this.itemAt[node[0]][node[1]] < 0) {
      this.model.keepInSight(node);
      this.refresh(null);
    }
    if (node) this.jump(...node);
    else this.tell("What this address names is not there any more; here are the documents.", "error");
  },

  // A passage by its own id, or by that of a link of it.
  node(id) {
    const link = this.model.links.get(id);
    return link ? this.model.nodesOf(link)[0] : this.find(id);
  },

  find(id) {
    for (let column = 0; column < this.model.segments.length; column++) {
      const index = this.model.segments[column].findIndex((segment) => segment.id === id);
      if (index >= 0) return [column, index];
    }
    return null;
  },

  address() {
    const { filter, query, least, columns, segments } = this.model;
    const said = {
      docs: columns.map((column) => column.id).join(","),
      at: this.at ? segments[this.at[0]][this.at[1]].id : "",
      filter: filter === "all" ? "" : filter,
      find: query,
      least: String(Math.round(100 * least)),
      hide: PARTS.filter((part) => this.prefs[`no-${part}`]).join(),
      order: this.mode === "own" ? "own" : "",
    };
    return new URLSearchParams(Object.entries(said).filter(([, value]) => value));
  },

  // Not at once: browsers refuse an address that changes with every key.
  writeAddress() {
    lastShown = [this.columnIds, this.address()];
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.keepAddress(), 300);
  },

  keepAddress() {
    clearTimeout(this.addressTimer);
    if (!this.isOwnAddress()) return;
    const url = new URL(location.href);
    url.search = this.address();
    history.replaceState(history.state, "", url);
  },

  // Not another page's by now, nor other documents': after Back the table stays until the server has answered.
  isOwnAddress() {
    const docs = new URLSearchParams(location.search).get("docs") ?? "";
    return this.leaving.isHere() && [this.named, this.columnIds].includes(docs);
  },

  async copyAddress() {
    if (!this.at) return;
    this.keepAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      this.tell("Address copied.");
    } catch {
      this.tell("The address is in the address bar.");
    }
  },
};
