// Documents in their own order: what stands beside what, and the ribbons between.

const ribbons = {
  // In their own order, the counterpart comes beside the passage that is selected.
  bring(column, index) {
    const y = this.top(column, index);
    for (const [other, place] of this.counterparts(column, index).reverse()) {
      if (other === column || this.itemAt[other][place] < 0) continue;
      const lane = this.lanes[other];
      for (let pass = 0; pass < 2; pass++) {
        lane.scrollTo(lane.tops[this.itemAt[other][place]] - y);
        lane.render();
      }
    }
  },

  top(column, index) {
    const lane = this.lanes[column];
    return lane.tops[this.itemAt[column][index]] - lane.box.scrollTop;
  },

  // Scrolling one document moves the others to what stands beside it, by the links that keep the order.
  follow(column) {
    const lane = this.lanes[column];
    const line = lane.box.clientHeight * 0.35;
    this.lanes.forEach((other, at) => {
      if (at === column) return;
      const y = this.across(column, at, lane.box.scrollTop + line);
      if (y === null) return;
      other.scrollTo(y - line);
      other.render();
    });
    this.drawRibbons();
  },

  across(column, other, y) {
    const [a, b] = [Math.min(column, other), Math.max(column, other)];
    const side = column === a ? ["left", "right"] : ["right", "left"];
    let before = null;
    let after = null;
    for (const link of this.model.shown) {
      if (link.at[0] !== a || link.at[1] !== b || link.status === "rejected" || this.model.moved.has(link.id)) continue;
      const [here, there] = [this.itemAt[column][link[side[0]][0]], this.itemAt[other][link[side[1]][0]]];
      if (here < 0 || there < 0) continue;
      const point = [this.lanes[column].tops[here], this.lanes[other].tops[there]];
      if (point[0] <= y && (!before || point[0] > before[0])) before = point;
      if (point[0] > y && (!after || point[0] < after[0])) after = point;
    }
    if (!before && !after) return null;
    const first = before ?? [0, 0];
    const last = after ?? [this.lanes[column].tops.at(-1), this.lanes[other].tops.at(-1)];
    return first[1] + ((last[1] - first[1]) * (y - first[0])) / Math.max(1, last[0] - first[0]);
  },

  drawRibbons() {
    (this.gutters ?? []).forEach((svg, at) => {
      const height = this.lanes[at].box.clientHeight;
      const paths = [];
      for (const link of this.ribbonsOf(at)) {
        const ends = [this.span(at, link.left, height), this.span(at + 1, link.right, height)];
        if (!ends[0] || !ends[1] || (ends[0].out && ends[1].out)) continue;
        const lit = this.model.nodesOf(link).some((node) => this.lit.has(node.join(":")));
        const far = ends[0].out || ends[1].out ? " far" : "";
        const [[a, b], [c, d]] = ends.map((end) => end.span);
        paths.push(shape("path", { class: `${link.status === "rejected" ? "rejected" : link.band}${lit ? " lit" : ""}${far}`, d: `M0 ${a}C16 ${a} 16 ${c} 32 ${c}V${d}C16 ${d} 16 ${b} 0 ${b}Z` }));
      }
      svg.replaceChildren(...paths);
    });
  },

  // The links between two neighbouring columns that have an end in sight.
  ribbonsOf(at) {
    const found = new Set();
    for (const column of [at, at + 1]) {
      const lane = this.lanes[column];
      for (let item = lane.first; item <= lane.last; item++) {
        for (const index of lane.items[item]?.indices ?? []) {
          for (const link of this.model.byNode[column][index]) if (link.at[0] === at && link.at[1] === at + 1) found.add(link);
        }
      }
    }
    return found;
  },

  span(column, indices, height) {
    const lane = this.lanes[column];
    const places = indices.map((index) => this.itemAt[column][index]).filter((at) => at >= 0);
    if (!places.length) return null;
    const top = lane.tops[Math.min(...places)] - lane.box.scrollTop + 4;
    const bottom = lane.tops[Math.max(...places) + 1] - lane.box.scrollTop - 4;
    const out = bottom < 0 || top > height;
    const clamp = (y) => Math.max(-30, Math.min(height + 30, y));
    return { span: [clamp(top), clamp(bottom)], out };
  },
};
