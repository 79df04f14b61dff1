// Streamlit drops what was asked just before a page is left. So a link to another page waits until that is answered, and
// whoever reloads or closes the tab is asked.

const GOING = 2000; // milliseconds that the next page may take to come

class Leaving {
  // `here`: the paths of this page.
  constructor(here, isUnsaved) {
    this.here = here;
    this.isUnsaved = isUnsaved;
    this.held = null;
    this.until = 0; // when the next page should be there
    this.click = (event) => this.clicked(event);
    this.unload = (event) => this.isUnsaved() && event.preventDefault();
    document.addEventListener("click", this.click, true);
    window.addEventListener("beforeunload", this.unload);
  }

  // Whoever presses it again wants to go.
  clicked(event) {
    const link = event.composedPath().find((node) => node.matches?.("a[href]"));
    if (!link || link.target === "_blank") return;
    if (link === this.held || !this.isUnsaved()) {
      this.until = performance.now() + GOING;
      return;
    }
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

  // What is asked while the next page is on its way would be asked of that, and leave it blank.
  isGoing() {
    return performance.now() < this.until || !this.isHere();
  }

  isHere() {
    return this.here.test(location.pathname);
  }

  end() {
    document.removeEventListener("click", this.click, true);
    window.removeEventListener("beforeunload", this.unload);
  }
}
