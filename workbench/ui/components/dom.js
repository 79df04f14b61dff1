// Small things that everything here is made with. Every text enters the page through text nodes or attributes,
// never as HTML.

const PATHS = {
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  accept: "M5 13l4 4L19 7",
  reject: "M6 6l12 12M18 6L6 18",
  ends: "M4 3h16M4 21h16M12 7v10M9 10l3-3 3 3M9 14l3 3 3-3",
  split: "M4 12h16M8 8l4-4 4 4M8 16l4 4 4-4",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  alone: "M12 4v16M4 8v8M20 8v8",
  edit: "M4 20h4L19 9l-4-4L4 16v4z",
  undo: "M9 5L4 10l5 5M4 10h11a5 5 0 0 1 0 10h-4",
  redo: "M15 5l5 5-5 5M20 10H9a5 5 0 0 0 0 10h4",
  search: "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM16 16l5 5",
  again: "M20 6v5h-5M4 18v-5h5M5 11a7 7 0 0 1 12-4l3 4M19 13a7 7 0 0 1-12 4l-3-4",
};

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// A document's name: where there is no room for it, its middle is left out, since often only the ends tell names apart.
const ENDING = /(?:[^\p{L}\p{M}\p{N}]|\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}).{2,17}$/u;
function named(name, title = name) {
  const at = name.length > 24 ? name.search(ENDING) : -1;
  const parts = at > 0 ? [name.slice(0, at), name.slice(at)] : [name];
  return el("strong", { class: "named", dir: "auto", title }, ...parts.map((part) => el("span", {}, part)));
}

function shape(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function icon(name) {
  const svg = shape("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  svg.append(shape("path", { d: PATHS[name] }));
  return svg;
}

function on(node, event, listener) {
  node.addEventListener(event, listener);
  return node;
}

// Whether a key is part of a word that is being composed, as Chinese is. Safari says so by the number alone.
const composes = (event) => event.isComposing || event.keyCode === 229;

// The key that is meant. Where a keyboard writes another script its place tells, and of digits that need Shift, as on a
// French one. A capital is what Shift makes, not Caps Lock.
function keyOf({ key, code = "", shiftKey }) {
  const [, letter, digit] = code.match(/^(?:Key(.)|Digit(.))$/) ?? [];
  const meant = digit && !shiftKey ? digit : letter && key > "\x7f" ? letter : key;
  if (meant.length > 1) return meant;
  return shiftKey ? meant.toUpperCase() : meant.toLowerCase();
}

// [0, 1, 2, 6] -> "1–3, 7"
function numbers(indices) {
  const parts = [];
  for (const index of indices) {
    const last = parts.at(-1);
    if (last && index === last[1] + 1) last[1] = index;
    else parts.push([index, index]);
  }
  return parts.map(([a, b]) => (a === b ? `${a + 1}` : `${a + 1}–${b + 1}`)).join(", ");
}

const passages = (indices) => (indices.length === 1 ? "passage " : "passages ") + numbers(indices);
const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

// Python counts characters, a browser UTF-16 units.
function unitsAt(text, at) {
  if (!/[\ud800-\udfff]/.test(text)) return at;
  return Array.from(text).slice(0, at).join("").length;
}

// The text as nodes, its ranges ([{start, end, kind, title}], in UTF-16 units, overlapping at will) in <mark>s.
function marked(text, ranges) {
  if (!ranges.length) return [text];
  const cuts = [...new Set([0, text.length, ...ranges.flatMap((range) => [range.start, range.end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at];
    const over = ranges.filter((range) => range.start <= start && end <= range.end);
    const part = text.slice(start, end);
    if (!over.length) return part;
    const title = over.map((range) => range.title).filter(Boolean).join("\n");
    return el("mark", { class: [...new Set(over.map((range) => range.kind))].join(" "), title: title || null }, part);
  });
}
