// Which passages stand in which row: pure functions from links to rows.
//
// A link is {id, at: [a, b], left: [...], right: [...], status}: segments `left` of column a say the same as `right`
// of column b, a < b. A row is {cells, links}, a cell a list of runs {kind, indices} of one column, kind "linked",
// "only" (no counterpart) or "out" (left out of alignment). A row without links is a gap: its columns are
// independent stacks.

const GAP_LENGTH = 6; // a longer gap is cut into several rows, so that a browser draws only those in sight

const isLink = (link) => link.left.length > 0 && link.right.length > 0;

// `causes[c][i]`: why segment i of column c is left out, or "". Every segment of every column stands in one row.
function arrange(causes, links) {
  const bases = [];
  let total = 0;
  for (const column of causes) {
    bases.push(total);
    total += column.length;
  }
  const groups = grouped(links, bases, total);
  const byFirst = new Map();
  for (const link of links) {
    const first = bases[link.at[0]] + link.left[0];
    if (!byFirst.has(first)) byFirst.set(first, []);
    byFirst.get(first).push(link);
  }
  const rows = [];
  let gap = [];
  for (const group of ordered(causes, bases, groups)) {
    if (group.length === 1) gap.push(group[0]);
    else {
      rows.push(...gapRows(causes, bases, gap), linkedRow(causes, bases, groups, byFirst, group));
      gap = [];
    }
  }
  rows.push(...gapRows(causes, bases, gap));
  return rows;
}

function nodesOf(link, bases) {
  return [...link.left.map((index) => bases[link.at[0]] + index), ...link.right.map((index) => bases[link.at[1]] + index)];
}

// Links to the first column make the rows; the others only add to them, because a chain of links through three
// documents would otherwise pull half of a text into one row.
function grouped(links, bases, total) {
  const groups = new Array(total);
  const rank = (link) => [link.status === "rejected" ? 1 : 0, link.at[0], link.at[1], link.left[0]];
  const inOrder = links.map((link) => [rank(link), link]).sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
  for (const [, link] of inOrder) join(groups, nodesOf(link, bases), link.at[0] === 0 && link.status !== "rejected");
  return groups;
}

function join(groups, nodes, merge) {
  const known = nodes.map((node) => groups[node]).filter(Boolean);
  const target = known[0] ?? [];
  const joining = nodes.filter((node) => !groups[node]);
  if (merge) for (const group of new Set(known)) if (group !== target) joining.push(...group);
  for (const node of joining) {
    target.push(node);
    groups[node] = target;
  }
}

// In the order of the first column; what only a later one has follows the group of the segment before it.
function ordered(causes, bases, groups) {
  let order = [];
  causes.forEach((column, at) => {
    const placed = new Set(order);
    const added = new Set();
    const after = new Map([[null, []]]);
    let anchor = null;
    for (let node = bases[at]; node < bases[at] + column.length; node++) {
      const group = (groups[node] ??= [node]);
      if (placed.has(group)) anchor = group;
      else if (!added.has(group)) {
        if (!after.has(anchor)) after.set(anchor, []);
        after.get(anchor).push(group);
        added.add(group);
      }
    }
    const next = after.get(null);
    for (const group of order) {
      next.push(group);
      if (after.has(group)) next.push(...after.get(group));
    }
    order = next;
  });
  return order;
}

function linkedRow(causes, bases, groups, byFirst, group) {
  const nodes = group.slice().sort((a, b) => a - b);
  const inside = nodes.flatMap((node) => byFirst.get(node) ?? [])
    .filter((link) => nodesOf(link, bases).every((node) => groups[node] === group));
  const cells = causes.map((column, at) => {
    const indices = nodes.filter((node) => node >= bases[at] && node < bases[at] + column.length).map((node) => node - bases[at]);
    return indices.length ? [{ kind: "linked", indices }] : [];
  });
  return { cells, links: inside };
}

function gapRows(causes, bases, gap) {
  if (!gap.length) return [];
  const stacks = causes.map((column, at) =>
    units(column, gap.filter((node) => node >= bases[at] && node < bases[at] + column.length).map((node) => node - bases[at])));
  const pieces = Math.max(1, Math.ceil(Math.max(...stacks.map((stack) => stack.length)) / GAP_LENGTH));
  return Array.from({ length: pieces }, (_, piece) => ({ cells: stacks.map((stack) => share(stack, piece, pieces)), links: [] }));
}

// Single segments, and whole stretches of what is left out for one cause.
function units(causes, indices) {
  const found = [];
  for (const index of indices) {
    const last = found.at(-1);
    if (!causes[index]) found.push({ kind: "only", indices: [index] });
    else if (last?.kind === "out" && causes[last.indices.at(-1)] === causes[index]) last.indices.push(index);
    else found.push({ kind: "out", indices: [index] });
  }
  return found;
}

function share(stack, piece, pieces) {
  const runs = [];
  for (const unit of stack.slice(Math.ceil((stack.length * piece) / pieces), Math.ceil((stack.length * (piece + 1)) / pieces))) {
    const last = runs.at(-1);
    if (unit.kind === "only" && last?.kind === "only") last.indices.push(...unit.indices);
    else runs.push({ kind: unit.kind, indices: [...unit.indices] });
  }
  return runs;
}

// The links of one pair that are out of step with the others: all but a longest run in the same order on both sides.
function movedLinks(links) {
  const inOrder = links.slice().sort((a, b) => a.left[0] - b.left[0] || a.right[0] - b.right[0]);
  const tops = [];
  const before = [];
  inOrder.forEach((link, at) => {
    let low = 0;
    for (let high = tops.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (inOrder[tops[middle]].right[0] < link.right[0]) low = middle + 1;
      else high = middle;
    }
    before.push(low ? tops[low - 1] : -1);
    tops[low] = at;
  });
  const inStep = new Set();
  for (let at = tops.length ? tops.at(-1) : -1; at >= 0; at = before[at]) inStep.add(at);
  return new Set(inOrder.filter((_, at) => !inStep.has(at)));
}
