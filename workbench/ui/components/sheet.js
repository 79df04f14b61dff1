// Draws the rows of sheet.py. Every text enters the page through text nodes or attributes, never as HTML.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".sheet");
  root.style.setProperty("--columns", data.columns.map((column) => `minmax(0, ${column.share}fr)`).join(" "));
  // Roles, because a table that is laid out as a grid is no table to a screen reader.
  const head = el("tr", { role: "row" }, ...data.columns.map((column) =>
    el("th", { role: "columnheader", scope: "col" }, named(column.name), el("span", { class: "detail" }, column.detail))));
  const body = data.rows.map((row) => el("tr", { role: "row" }, ...row.map((cell, at) => drawCell(cell, data.columns[at], at))));
  root.replaceChildren(el("table", { role: "table", "aria-label": data.label },
    el("thead", { role: "rowgroup" }, head), el("tbody", { role: "rowgroup" }, ...body)));
}

function drawCell(lines, column, at) {
  const attributes = at ? { role: "cell" } : { role: "rowheader", scope: "row" };
  const name = [column.name, column.detail].filter(Boolean).join(" · "); // above the cell, where the window is narrow
  return el(at ? "td" : "th", { ...attributes, "data-name": name }, ...lines.map(drawLine));
}

function drawLine(line) {
  const pieces = line.pieces.map(([text, marked]) => (marked ? el("mark", {}, text) : text));
  const inside = line.href ? [el("a", { href: line.href }, ...pieces)] : pieces;
  const number = line.number ? el("span", { class: "number" }, String(line.number)) : null;
  // The number stands apart from the text, so that it does not decide which way the text runs.
  return el("div", { class: `line ${line.look}`, title: line.title || null }, number,
    el("p", { lang: line.lang || null, dir: "auto" }, ...inside));
}
