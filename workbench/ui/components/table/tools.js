// The tools above the table: filters, search, the slider, what is shown.

const tools = {
  drawTools() {
    this.choices = new Map(FILTERS.map(([name, label, tells]) => [name, this.drawFilter(name, label, tells)]));
    const filters = el("div", { class: "filters", role: "group", "aria-label": "Show" }, ...this.choices.values());
    this.own = on(el("button", { type: "button", class: "tool", "aria-pressed": String(this.prefs.mode === "own"), title: "Each document in its own order, links drawn between (V)" }, "Own order"), "click", () => this.switchMode());
    this.mapButton = on(el("button", { type: "button", class: "tool", "aria-pressed": String(Boolean(this.prefs.chart)), title: "Dot plot: where the links are, what moved, what is missing (D)" }, "Map"), "click", () => this.toggleChart());
    this.ticks = Object.fromEntries([["original", "Originals", "O"], ["english", "English", "T"]].map(([part, label, key]) => [part, this.drawTick(part, label, key)]));
    const keys = on(el("button", { type: "button", class: "tool", title: "Keys (?)", "aria-label": "Keys" }, "?"), "click", () => this.toggleHelp());
    const slider = on(el("input", { type: "range", min: "0", max: "100", step: "1", value: String(Math.round(100 * this.model.least)), "aria-label": "Show links from this confidence on" }), "input", (event) => this.setLeast(Number(event.target.value) / 100));
    this.slider = slider;
    this.hiddenLinks = el("span", { class: "quiet hidden-links" });
    const sure = el("label", { class: "least", title: "How sure a link has to be to be shown. To the left, more links and more wrong ones; to the right, only what is sure. Accepted links are always shown." }, el("span", { class: "words" }, "Links from "), slider, this.hiddenLinks);
    return el("div", { class: "tools" }, filters, this.drawSearch(), el("span", { class: "space" }), sure,
      el("span", { class: "group" }, this.ticks.original, this.ticks.english), el("span", { class: "group" }, this.own, this.mapButton, keys));
  },

  drawFilter(name, label, tells) {
    const number = el("span", { class: "count" });
    return on(el("button", { type: "button", "aria-pressed": "false", title: `${tells} (${FILTERS.findIndex(([one]) => one === name) + 1})`, "data-filter": name }, label, " ", number), "click", () => this.setFilter(name));
  },

  drawTick(part, label, key) {
    const input = on(el("input", { type: "checkbox", checked: !this.prefs[`no-${part}`] }), "change", () => this.togglePart(part));
    return el("label", { class: "tick", title: `Hide or show (${key})` }, input, label);
  },

  drawSearch() {
    this.searchBox = el("input", { type: "search", placeholder: "Search", "aria-label": "Search originals and English", title: "Search originals and English (F); Enter: next, Shift Enter: previous", value: this.model.query });
    this.hits = el("span", { class: "quiet hits", role: "status", "aria-live": "polite" });
    const step = (label, by, name) => on(el("button", { type: "button", class: "tool", "aria-label": label, title: label }, icon(name)), "click", () => this.nextMatch(by));
    this.steps = el("span", { class: "steps", hidden: true }, this.hits, step("Previous match", -1, "up"), step("Next match", 1, "down"));
    on(this.searchBox, "input", () => {
      this.quietFrom = performance.now() + 700;
      clearTimeout(this.searching);
      this.searching = setTimeout(() => this.search(), 80);
    });
    return el("span", { class: "search", role: "search" }, icon("search"), this.searchBox, this.steps);
  },

  drawCounts() {
    const counts = this.model.counts();
    for (const [name, button] of this.choices) {
      const more = this.looksFor(name) ? " …" : "";
      button.hidden = !this.model.offers(name);
      button.querySelector(".count").textContent = name === "all" ? "" : counts[name].toLocaleString("en") + more;
      button.setAttribute("aria-pressed", String(this.model.filter === name));
    }
    const hidden = this.model.hidden ? el("span", { class: "hidden-count" }, `, ${this.model.hidden.toLocaleString("en")} hidden`) : "";
    this.hiddenLinks.replaceChildren(`${Math.round(100 * this.model.least)} %`, hidden);
  },

  // Whether what a filter shows is still being looked for.
  looksFor(filter) {
    return this.isChecking && ["disagree", "reworded"].includes(filter);
  },

  setFilter(name) {
    if (!this.model.offers(name)) return;
    const place = this.place();
    this.model.filter = name;
    this.model.touched.clear();
    this.model.applyFilter();
    this.refresh(place);
    this.writeAddress();
  },

  setLeast(least) {
    const place = this.place();
    this.model.least = least;
    this.model.derive();
    this.refresh(place);
    this.slider.value = String(Math.round(100 * least));
    this.keep({ least });
    this.writeAddress();
    this.askVerdictsLater();
  },

  // Asks the server, which looks for words as it does on every page.
  search() {
    if (this.part) return; // again when all is there
    const text = this.searchBox.value.trim();
    this.queue = this.queue.filter((one) => one.do !== "find");
    if (text) this.ask({ do: "find", text });
    else this.takeFound({ text, hits: [] });
  },

  takeFound(found) {
    if (found.text !== this.searchBox.value.trim()) return; // something else is looked for by now
    const isNew = found.text !== this.model.query;
    this.model.takeFound(found);
    this.steps.hidden = !found.text;
    if (isNew) this.matchName = null;
    this.redrawLanes();
    this.countMatches();
    if (isNew && this.matches.length) this.nextMatch(0);
    if (isNew) this.writeAddress();
  },

  // Of what is found only what the filter shows is gone through.
  countMatches() {
    this.all = this.model.matches;
    this.matches = this.all.filter(([column, index]) => this.itemAt[column][index] >= 0);
    const here = this.matchName ?? this.at?.join(":");
    this.matchAt = this.matches.findIndex((node) => node.join(":") === here);
    this.showMatch();
  },

  nextMatch(by) {
    if (!this.matches.length) return;
    const start = this.matchAt < 0 ? this.firstMatchInSight() : this.matchAt + by;
    this.matchAt = (start + this.matches.length) % this.matches.length;
    this.showMatch();
    this.select(...this.matches[this.matchAt], { share: 0.35 });
  },

  showMatch() {
    this.matchName = this.matches[this.matchAt]?.join(":") ?? null;
    const number = (one) => one.toLocaleString("en");
    const [all, shown] = [this.all.length, this.matches.length];
    const told = this.matchAt < 0 ? `${number(shown)} found` : `${number(this.matchAt + 1)} of ${number(shown)}`;
    const hidden = all > shown ? `, ${number(all)} without the filter` : "";
    this.hits.textContent = all ? told + hidden : "not found";
    for (const lane of this.lanes) lane.redress();
  },

  firstMatchInSight() {
    const lane = this.lanes[0];
    const top = lane.indexAt(lane.box.scrollTop);
    return Math.max(0, this.matches.findIndex(([column, index]) => this.mode === "own" ? column === 0 && this.itemAt[0][index] >= top : this.itemAt[column][index] >= top));
  },

  keyInSearch(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(this.searching);
      if (this.model.query !== this.searchBox.value.trim()) this.search();
      else this.nextMatch(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.searchBox.value = "";
      this.search();
      this.pane.focus({ preventScroll: true });
    }
  },

  openSearch() {
    this.searchBox.focus();
    this.searchBox.select();
  },

  switchMode() {
    this.keep({ mode: this.prefs.mode === "own" ? "rows" : "own" });
    this.own.setAttribute("aria-pressed", String(this.prefs.mode === "own"));
    this.writeAddress();
    const here = this.at ?? this.firstInSight();
    this.buildLanes();
    this.refresh(null);
    if (!here) return;
    this.reveal(...here, 0.35);
    if (this.mode === "own") {
      this.follow(here[0]);
      this.bring(...here);
    }
  },

  firstInSight() {
    const place = this.place()?.find(Boolean);
    return place ? [place.column, place.index] : null;
  },

  toggleChart() {
    this.keep({ chart: this.chart.node.hidden });
    this.chart.node.hidden = !this.prefs.chart;
    this.mapButton.setAttribute("aria-pressed", String(this.prefs.chart));
    this.chart.draw();
  },

  togglePart(part) {
    this.keep({ [`no-${part}`]: !this.prefs[`no-${part}`] });
    const place = this.place();
    this.root.classList.toggle(`no-${part}`, this.prefs[`no-${part}`]);
    this.ticks[part].firstChild.checked = !this.prefs[`no-${part}`];
    for (const lane of this.lanes) lane.heights.clear();
    this.refresh(place);
    this.writeAddress();
  },

  toggleOriginal() {
    this.togglePart("original");
  },

  toggleEnglish() {
    this.togglePart("english");
  },

  toggleHelp() {
    if (this.help.open) this.help.close();
    else this.help.showModal();
  },

  keep(prefs) {
    Object.assign(this.prefs, prefs);
    try {
      localStorage.setItem("workbench-compare", JSON.stringify({ ...remembered(), ...prefs }));
    } catch {
      // A browser that keeps nothing shows the page as it is at first.
    }
  },
};
