// What keeps Back and links in order, of the start page. After Back the address is right: what Streamlit says of a page
// that was passed by on the way is no step on from there. And a link that is pressed with Ctrl, Cmd or Shift is the
// browser's to open elsewhere: Streamlit would go there.
{
  const push = history.pushState;
  let isBack = false;
  addEventListener("popstate", () => (isBack = true), true);
  for (const name of ["pointerdown", "keydown", "click"]) addEventListener(name, () => (isBack = false), true);
  history.pushState = (...step) => isBack || push.apply(history, step);
  addEventListener("click", (event) => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (isElsewhere && event.target.closest?.("a[href]")) event.stopPropagation();
  }, true);
}
