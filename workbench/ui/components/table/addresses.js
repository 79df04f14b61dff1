// Every passage has an address.

let lastPlace = []; // the documents and the passage that were last selected in this tab

const addresses = {
  // What the address names; or else where the reader was when they went to another page; or else what `asked` says.
  whereToOpen(asked) {
    const named = new URLSearchParams(location.search);
    const [ids, at] = lastPlace;
    return named.get("at") ?? named.get("pair") ?? (ids === this.columnIds ? at : asked);
  },

  open() {
    const at = this.opening;
    this.opening = "";
    if (!at) return;
    const node = this.node(at);
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
    const url = new URL(location.href);
    url.search = new URLSearchParams({ docs: this.model.columns.map((column) => column.id).join(","), at: this.model.segments[this.at[0]][this.at[1]].id });
    return url.href;
  },

  // The address bar always names the selected passage, so that a reload comes back to it.
  writeAddress() {
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.at && this.keepAddress(), 300);
  },

  keepAddress() {
    history.replaceState(history.state, "", this.address());
    lastPlace = [this.columnIds, this.model.segments[this.at[0]][this.at[1]].id];
  },

  async copyAddress() {
    if (!this.at) return;
    clearTimeout(this.addressTimer);
    this.keepAddress();
    try {
      await navigator.clipboard.writeText(this.address());
      this.tell("Address copied.");
    } catch {
      this.tell("The address is in the address bar.");
    }
  },
};
