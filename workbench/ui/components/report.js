// Shows the report of a spot check. It comes as HTML in which every text is escaped (workbench/quality/report_html.py).

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".sheet");
  if (root.shown !== data.html) root.innerHTML = root.shown = data.html;
}
