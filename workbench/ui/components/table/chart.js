// The dot plot of a pair: one document across, the other down, a dot a link. Told in one order, dots make a line;
// a moved passage is off it, a gap is where there are none.

class Chart {
  constructor(model, jump, close) {
    Object.assign(this, { model, jump });
    this.canvas = on(el("canvas", { tabindex: "-1", role: "img" }), "click", (event) => this.clicked(event));
    this.choice = on(el("select", { "aria-label": "Pair of documents" }), "change", () => this.draw());
    this.across = el("span", { class: "across", dir: "auto" });
    this.down = el("span", { class: "down", dir: "auto" });
    const shut = on(el("button", { type: "button", class: "tool", "aria-label": "Close the map", title: "Close (D)" }, icon("reject")), "click", close);
    this.node = el("aside", { class: "chart", hidden: true, "aria-label": "Map of the links" },
      el("div", { class: "chart-head" }, el("strong", {}, "Map"), this.choice, shut),
      el("div", { class: "plot" }, this.canvas), el("p", { class: "axes" }, "across: ", this.across, el("br"), "down: ", this.down));
  }

  get pair() {
    return (this.choice.value || "0:1").split(":").map(Number);
  }

  offer() {
    const pairs = [];
    for (let a = 0; a < this.model.columns.length; a++) for (let b = a + 1; b < this.model.columns.length; b++) pairs.push([a, b]);
    const letter = (at) => String.fromCharCode(65 + at);
    const before = this.choice.value;
    this.choice.replaceChildren(...pairs.map(([a, b]) => el("option", { value: `${a}:${b}` }, `${letter(a)} and ${letter(b)}`)));
    if (before) this.choice.value = before;
    this.choice.hidden = pairs.length < 2;
  }

  draw(here = this.here) {
    this.here = here;
    if (this.node.hidden) return;
    const [a, b] = this.pair;
    const [n, m] = [this.model.segments[a]?.length || 1, this.model.segments[b]?.length || 1];
    this.across.textContent = this.model.columns[a].name;
    this.down.textContent = this.model.columns[b].name;
    const size = this.canvas.clientWidth || 240;
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = this.canvas.height = size * scale;
    const pen = this.canvas.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(this.node);
    const colour = (name) => style.getPropertyValue(name).trim() || "gray";
    const bands = { sure: colour("--st-green-color"), likely: colour("--st-blue-color"), doubtful: colour("--st-orange-color") };
    this.drawOut(pen, size, colour("--left-out"), a, b);
    for (const link of this.model.shown) {
      if (link.at[0] !== a || link.at[1] !== b || link.status === "rejected") continue;
      pen.fillStyle = bands[link.band];
      const [x, y] = [(size * link.left[0]) / n, (size * link.right[0]) / m];
      const [w, h] = [(size * link.left.length) / n, (size * link.right.length) / m];
      pen.fillRect(x - Math.max(0, 2.5 - w) / 2, y - Math.max(0, 2.5 - h) / 2, Math.max(2.5, w), Math.max(2.5, h));
    }
    this.drawHere(pen, size, colour("--st-primary-color"), here, a, b, n, m);
    this.canvas.setAttribute("aria-label", `Links between ${this.model.columns[a].name}, across, and ${this.model.columns[b].name}, down`);
  }

  drawOut(pen, size, colour, a, b) {
    pen.fillStyle = colour;
    const [across, down] = [this.model.segments[a], this.model.segments[b]];
    pen.beginPath(); // one shape, so that nothing is darker where two of them meet
    across.forEach((segment, at) => segment.out && pen.rect((size * at) / across.length, 0, size / across.length + 0.3, size));
    down.forEach((segment, at) => segment.out && pen.rect(0, (size * at) / down.length, size, size / down.length + 0.3));
    pen.fill();
  }

  drawHere(pen, size, colour, here, a, b, n, m) {
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const [column, index] of here ?? []) {
      if (column === a) pen.rect((size * (index + 0.5)) / n, 0, 0, size);
      if (column === b) pen.rect(0, (size * (index + 0.5)) / m, size, 0);
    }
    pen.stroke();
  }

  clicked(event) {
    const [a, b] = this.pair;
    const box = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.model.segments[a].length;
    const y = ((event.clientY - box.top) / box.height) * this.model.segments[b].length;
    const across = this.model.segments[a].length;
    const down = this.model.segments[b].length;
    const far = (link) => Math.hypot((link.left[0] - x) / across, (link.right[0] - y) / down);
    const links = this.model.shown.filter((link) => link.at[0] === a && link.at[1] === b && link.status !== "rejected");
    const nearest = links.reduce((best, link) => (best && far(best) <= far(link) ? best : link), null);
    if (nearest && far(nearest) < 0.06) this.jump(a, nearest.left[0]);
    else this.jump(a, Math.min(across - 1, Math.floor(x)));
  }
}
