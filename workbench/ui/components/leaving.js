// Streamlit drops what was asked just before a page is left. So a link to another page waits until that is answered, and
// whoever reloads or closes the tab is asked. What is asked after the next page was asked for would be asked of that, and
// leave it blank: so nothing is sent any more then, and Back and a link wait for what is just being sent.

const GOING = 2000; // milliseconds that the next page may take to come

class Leaving {
  // `here`: the paths of this page.
  constructor(here, isUnsaved) {
    this.here = here;
    this.isUnsaved = isUnsaved;
    this.held = null;
    this.until = 0; // when the next page should be there
    this.sending = 0;
    this.click = (event) => this.clicked(event);
    this.pop = (event) => this.popped(event);
    this.unload = (event) => this.isUnsaved() && event.preventDefault();
    document.addEventListener("click", this.click, true);
    window.addEventListener("popstate", this.pop, true); // before Streamlit's own listener
    window.addEventListener("beforeunload", this.unload);
  }

  // Whoever presses it again wants to go.
  clicked(event) {
    const link = event.composedPath().find((node) => node.matches?.("a[href]"));
    if (!link || link.target === "_blank") return;
    if (link === this.held || !this.isBusy()) {
      this.until = performance.now() + GOING;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = link;
  }

  // Whoever goes Back no longer wants the link that waits. What is told again passes.
  popped(event) {
    if (!event.isTrusted) return;
    this.held = null;
    if (!this.sending) return;
    event.stopImmediatePropagation();
    this.afterwards(() => window.dispatchEvent(new PopStateEvent("popstate", { state: event.state })));
  }

  send(give) {
    if (this.isGoing()) return;
    give();
    this.afterwards(() => {});
  }

  // Streamlit sends what it is given in a task of its own, which comes before this one. A link waits for both.
  afterwards(act) {
    this.sending++;
    setTimeout(() => {
      act();
      this.sending--;
      this.goOn();
    });
  }

  // Once Back has left the page nothing more can be saved here, and no link waits for it.
  isBusy() {
    return this.sending > 0 || (this.isHere() && this.isUnsaved());
  }

  // To be called when something was answered.
  goOn() {
    if (!this.held || this.isBusy()) return;
    const link = this.held;
    this.held = null;
    link.click();
  }

  isGoing() {
    return performance.now() < this.until || !this.isHere();
  }

  isHere() {
    return this.here.test(location.pathname);
  }

  end() {
    document.removeEventListener("click", this.click, true);
    window.removeEventListener("popstate", this.pop, true);
    window.removeEventListener("beforeunload", this.unload);
  }
}

// What Streamlit is given to call when a component goes. It calls that too of one that stays, where other data came
// while its script was being looked up, and may call it twice.
const gone = new WeakSet();

const atItsEnd = (root, leave) => () => {
  if (root.isConnected || gone.has(root)) return;
  gone.add(root);
  leave();
};
