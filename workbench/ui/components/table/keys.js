// What can be done with the passage that is selected: one list for the keys, the buttons and the legend.
// No key of a browser's is taken but Ctrl+F, since the browser's own search sees only what is drawn; a second
// Ctrl+F reaches it. Streamlit's r and c are left alone.

const ACTIONS = [
  { key: "a", label: "Accept", icon: "accept", does: "accept", tells: "Accept this link; again: take it back", edits: true },
  { key: "x", label: "Reject", icon: "reject", does: "reject", tells: "Reject this link; again: take it back", edits: true },
  { key: "n", label: "No counterpart", icon: "alone", does: "standAlone", tells: "Say that these passages have no counterpart", edits: true },
  { key: "l", label: "Link", icon: "link", does: "relink", tells: "Link this passage, or the selected ones, with others: then choose the counterpart", edits: true },
  { key: "s", label: "Split", icon: "split", does: "split", tells: "Split this link before the selected passage", edits: true },
  { key: "h", label: "Ends", icon: "ends", does: "toggleEnds", tells: "Move where this link begins or ends", edits: true },
  { key: "p", label: "Merge up", icon: "up", does: "mergeUp", tells: "Merge with the one before", edits: true },
  { key: "m", label: "Merge down", icon: "down", does: "mergeDown", tells: "Merge with the one after", edits: true },
  { key: "e", label: "Edit English", icon: "edit", does: "edit", tells: "Edit the English of this passage", edits: true },
  { key: "z", label: "Undo", icon: "undo", does: "undo", tells: "Undo, without limit", edits: true, always: true },
  { key: "y", label: "Redo", icon: "redo", does: "redo", tells: "Redo", edits: true, always: true },
];

// Of a link, in the column of the selected passage.
const ENDS_OF_LINK = [
  { key: "K", label: "Take in the passage before", does: "startUp", tells: "Move the beginning of the link up in this column: take the passage before in", edits: true },
  { key: "J", label: "Leave out the first", does: "startDown", tells: "Move the beginning down: leave the first passage out", edits: true },
  { key: "j", label: "Take in the passage after", does: "endDown", tells: "Move the end of the link down: take the next passage in", edits: true },
  { key: "k", label: "Leave out the last", does: "endUp", tells: "Move the end up: leave the last passage out", edits: true },
];

const MORE = [
  ...ENDS_OF_LINK,
  { key: "b", does: "nextOther", tells: "With three documents or more: which other one edits are about", edits: true },
  { key: "g", does: "realign", tells: "Align the selected passages again; accepted and imported links stay", edits: true },
  { key: "u", does: "nextUnreviewed", tells: "Next link that nobody has reviewed", edits: true },
  { key: "U", does: "lastUnreviewed", tells: "Previous link that nobody has reviewed", edits: true },
  { key: "w", does: "why", tells: "Why these are linked, and how sure that is" },
  { key: "i", does: "copyAddress", tells: "Copy the address of this passage" },
  { key: "f", does: "openSearch", tells: "Search originals and English (also / and Ctrl+F)" },
  { key: "v", does: "switchMode", tells: "Side by side, or each document in its own order" },
  { key: "d", does: "toggleChart", tells: "Dot plot of the links" },
  { key: "o", does: "toggleOriginal", tells: "Hide or show originals" },
  { key: "t", does: "toggleEnglish", tells: "Hide or show English" },
  { key: "?", does: "toggleHelp", tells: "These keys" },
];

const ALIASES = { "/": "f" };
const BY_KEY = new Map([...ACTIONS, ...MORE].map((action) => [action.key, action]));
const MOVES = [
  ["↑ ↓", "Passage before or after; with Shift: select several"],
  ["← →", "Counterpart, or the other column"],
  ["Home End", "First and last passage"],
  ["1 – 7", "Show all, linked, only here, disagree, doubtful, unreviewed, reworded"],
  ["Esc", "Leave what you are doing"],
];

function drawHelp(close) {
  const line = ([key, tells]) => [el("dt", {}, ...key.split(" ").map((one) => el("kbd", {}, one))), el("dd", {}, tells)];
  const list = (entries) => el("dl", {}, ...entries.flatMap(line));
  const told = (actions) => actions.map((action) => [shown(action.key), action.tells]);
  const shut = on(el("button", { type: "button", class: "tool", "aria-label": "Close" }, icon("reject")), "click", close);
  return el("dialog", { class: "help", "aria-label": "Keys" },
    el("div", { class: "chart-head" }, el("strong", {}, "Keys"), shut),
    el("div", { class: "help-lists" }, list([...MOVES, ...told(MORE.filter((one) => !one.edits))]),
      list(told([...ACTIONS, ...MORE].filter((one) => one.edits)))),
    el("p", { class: "quiet" }, "Every change is saved at once. Dots: ",
      el("span", { class: "dot sure" }), " sure, ", el("span", { class: "dot likely" }), " likely, ",
      el("span", { class: "dot doubtful" }), " doubtful; no dot: no counterpart."));
}

const shown = (key) => (key.length === 1 && key !== key.toLowerCase() ? `Shift ${key}` : key.toUpperCase());
