// What keeps Back and links in order, of the start page. One act of the reader is one step of the browser's history at
// most: Streamlit writes a page's path and what its address says one after the other, in either order, and would make
// two. After Back the address is right: what Streamlit says of a page that was passed by on the way is no step on from
// there. And a link that is pressed with Ctrl, Cmd or Shift is the browser's to open elsewhere: Streamlit would go there.
{
  const { pushState: push, replaceState: replace } = history;
  let isBack = false;
  let hasActed = false; // since the last step
  addEventListener("popstate", () => (isBack = true), true);
  for (const name of ["pointerdown", "keydown", "click"]) {
    addEventListener(name, () => {
      isBack = false;
      hasActed = true;
    }, true);
  }
  history.pushState = (...step) => {
    if (isBack) return;
    (hasActed ? push : replace).apply(history, step);
    hasActed = false;
  };
  addEventListener("click", (event) => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (isElsewhere && event.target.closest?.("a[href]")) event.stopPropagation();
  }, true);
}
