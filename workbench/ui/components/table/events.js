// Mouse and keys.

const HERE = /^\/(compare)?$/; // the path of this page
const PATIENCE = 5000; // milliseconds that a key waits

// Keys that were pressed while the table was away: now and then Streamlit takes it out of the page and puts it back.
let waiting = [];

function wait(event) {
  if (HERE.test(location.pathname) && document.activeElement === document.body && !event.repeat) waiting.push(event);
}

const events = {
  takeWaiting() {
    if (this.isLeft) return;
    const young = waiting.filter((event) => performance.now() - event.timeStamp < PATIENCE);
    waiting = [];
    for (const { key, code, shiftKey, ctrlKey, metaKey, altKey } of young) {
      this.root.dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, ctrlKey, metaKey, altKey }));
    }
  },

  clicked(event) {
    const target = event.target;
    const segment = target.closest("[data-node]");
    const row = target.closest(".row, .item");
    if (target.closest("[data-do=why]")) this.whyOf(row);
    else if (segment && !target.closest("button, textarea, summary") && !getSelection()?.toString()) {
      const [column, index] = segment.dataset.node.split(":").map(Number);
      if (this.picking && column !== this.picking.column) this.pick(column, index);
      else this.select(column, index, { extend: event.shiftKey });
      this.pane.focus({ preventScroll: true });
    }
  },

  isFind(event) {
    return (event.ctrlKey || event.metaKey) && keyOf(event).toLowerCase() === "f" && this.searchBox !== this.root.getRootNode().activeElement;
  },

  key(event) {
    this.quietFrom = performance.now() + 700;
    const inside = event.currentTarget === this.root;
    if (inside) event.stopPropagation(); // Streamlit's own keys are for the rest of the page
    if (composes(event)) return undefined;
    if (this.isFind(event)) {
      event.preventDefault();
      return this.openSearch();
    }
    if (event.target.closest?.("textarea")) return undefined;
    if (event.target === this.searchBox || event.composedPath()[0] === this.searchBox) return this.keyInSearch(event);
    if (event.composedPath()[0].matches?.("select, input")) return undefined;
    if ((event.ctrlKey || event.metaKey) && keyOf(event).toLowerCase() === "z") {
      event.preventDefault();
      return event.shiftKey ? this.redo() : this.undo();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (this.move(event) || this.act(event)) event.preventDefault();
    return undefined;
  },

  keyOutside(event) {
    if (this.writing && !this.isFind(event)) this.returnToWriting();
    else this.key(event);
  },

  act(event) {
    if (event.key === "Escape") return this.escape();
    if (event.key === "Enter" && event.composedPath()[0].matches?.("button, summary")) return false;
    if (event.key === "Enter") return this.picking ? this.finishLink() || true : false;
    const key = keyOf(event);
    if (/^[1-7]$/.test(key)) {
      this.setFilter(FILTERS[Number(key) - 1][0]);
      return true;
    }
    const action = BY_KEY.get(ALIASES[key] ?? key);
    if (!action) return false;
    this.run(action, event.repeat);
    return true;
  },

  // `isHeld`: the key comes again by itself.
  run(action, isHeld = false) {
    if (!action.always && action.edits && !this.at && !action.does.endsWith("Unreviewed")) return this.tell("Choose a passage first: click it, or press an arrow key.");
    if (!this.hasToWait(action)) this[action.does]();
    else if (!isHeld) this.later.push(this.meant(action));
    return undefined;
  },

  escape() {
    if (this.help.open) this.help.close();
    else if (this.picking) this.stopPicking();
    else if (!this.whyBox.hidden) this.whyBox.hidden = true;
    else if (!this.endsBox.hidden) this.toggleEnds();
    else if (this.from !== null) {
      this.from = null;
      this.light(this.at);
      this.drawBar();
    } else return false;
    return true;
  },
};
