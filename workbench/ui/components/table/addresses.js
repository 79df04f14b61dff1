// Every passage has an address.

const addresses = {
  open(at) {
    if (!at) return;
    const link = this.model.links.get(at);
    const node = link ? this.model.nodesOf(link)[0] : this.find(at);
    if (node) this.jump(...node);
    else this.tell("What this address names is not there any more; here are the documents.", "error");
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
    this.addressTimer = setTimeout(() => this.at && history.replaceState(history.state, "", this.address()), 300);
  },

  async copyAddress() {
    if (!this.at) return;
    clearTimeout(this.addressTimer);
    history.replaceState(history.state, "", this.address());
    try {
      await navigator.clipboard.writeText(this.address());
      this.tell("Address copied.");
    } catch {
      this.tell("The address is in the address bar.");
    }
  },
};
