// Streamlit drops what was asked just before a page is left. So a link to another page waits until that is answered, and
// whoever reloads or closes the tab is asked.

class Leaving {
  constructor(isUnsaved) {
    this.isUnsaved = isUnsaved;
    this.held = null;
    this.click = (event) => this.clicked(event);
    this.unload = (event) => this.isUnsaved() && event.preventDefault();
    document.addEventListener("click", this.click, true);
    window.addEventListener("beforeunload", this.unload);
  }

  // Whoever presses it again wants to go.
  clicked(event) {
    const link = event.composedPath().find((node) => node.matches?.("a[href]"));
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target === "_blank"; // this page stays
    if (!link || elsewhere || link === this.held || !this.isUnsaved()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = link;
  }

  // To be called when something was answered.
  goOn() {
    if (!this.held || this.isUnsaved()) return;
    const link = this.held;
    this.held = null;
    link.click();
  }

  end() {
    document.removeEventListener("click", this.click, true);
    window.removeEventListener("beforeunload", this.unload);
  }
}
