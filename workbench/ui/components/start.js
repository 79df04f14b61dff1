// What keeps Back and links in order, of the start page. After Back the address is right: what Streamlit says of a page
// that was passed by on the way is no step on from there. What the next page says in its address comes before its path,
// which is no step on from that. And a link that is pressed with Ctrl, Cmd or Shift is the browser's to open elsewhere:
// Streamlit would go there.
{
  const { pushState: push, replaceState: replace } = history;
  let isBack = false;
  let isAhead = false; // the address may say of this page what is said of the next one
  addEventListener("popstate", () => (isBack = true), true);
  for (const name of ["pointerdown", "keydown", "click"]) addEventListener(name, () => (isBack = isAhead = false), true);
  history.pushState = (...step) => {
    if (isBack) return;
    const to = new URL(step[2] ?? "", location.href);
    const isSamePage = to.pathname === location.pathname;
    const isSame = isAhead && !isSamePage && to.search === location.search;
    isAhead = isSamePage;
    (isSame ? replace : push).apply(history, step);
  };
  addEventListener("click", (event) => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (isElsewhere && event.target.closest?.("a[href]")) event.stopPropagation();
  }, true);
}
