// Draws a page of passages of one document. Every text enters the page through text nodes or attributes, never as HTML.

const shownTargets = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".browse");
  // A redraw must not take the focus away from whoever works through the list by keyboard.
  const focused = root.contains(deepFocus(root)) ? deepFocus(root).dataset.name : null;
  const items = data.passages.map((passage) => drawPassage(passage, setTriggerValue));
  root.replaceChildren(el("ol", { "aria-label": data.label }, ...items));
  if (focused) root.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  const target = data.target && root.querySelector(`[data-number="${data.target}"]`);
  if (target && shownTargets.get(root) !== data.target) {
    shownTargets.set(root, data.target);
    requestAnimationFrame(() => {
      target.scrollIntoView({ block: "nearest" });
      target.focus({ preventScroll: true });
    });
  }
}

function deepFocus(root) {
  return root.getRootNode().activeElement;
}

function drawPassage(passage, send) {
  const item = el("li", { class: `${passage.kind}-kind${passage.out ? " out" : ""}`, tabindex: "-1", "data-number": passage.number },
    el("span", { class: "number" }, String(passage.number)),
    el("div", { class: "said" }, ...drawTexts(passage)));
  const tools = el("div", { class: "tools", role: "group", "aria-label": `Passage ${passage.number}` });
  const add = (name, label, help, act) => {
    const button = el("button", { type: "button", title: help, "data-name": `${name} ${passage.id}` }, label);
    button.addEventListener("click", () => act(button));
    tools.append(button);
  };
  if (passage.kindLabel) tools.append(el("span", { class: "kind" }, passage.kindLabel));
  if (passage.out) {
    add("include", "Bring back", "Let this passage take part again", () => send("include", { segments: [passage.id], included: true }));
    if (passage.run.length > 1) {
      add("run", `Bring back all ${passage.run.length}`, "With those that follow and are left out for the same cause",
        () => send("include", { segments: passage.run, included: true }));
    }
  } else {
    add("include", "Leave out", "Take this passage out of alignment", () => send("include", { segments: [passage.id], included: false }));
  }
  if (!boundaries(passage, "word").next().done) {
    add("split", "Split…", "Cut this passage in two", (button) => toggleSplitter(item, button, passage, send));
  }
  if (passage.next) {
    add("join", "Join with next", `Make passages ${passage.number} and ${passage.number + 1} one`,
      () => send("join", { first: passage.id, second: passage.next }));
  }
  item.append(tools);
  return item;
}

function drawTexts(passage) {
  return [
    passage.out ? el("p", { class: "why" }, el("strong", {}, `Left out: ${passage.out}`),
      passage.reason ? el("span", { dir: "auto" }, ` – ${passage.reason}`) : null) : null,
    passage.speaker ? el("p", { class: "speaker", dir: "auto" }, passage.speaker) : null,
    el("p", { class: "original", lang: passage.lang, dir: "auto" }, passage.text),
    passage.english ? el("p", { class: "english", lang: "en", dir: "auto", title: passage.by || null }, passage.english) : null,
    passage.note ? el("p", { class: "note" }, passage.note) : null,
  ];
}

// Where to cut: a slider over the places between words, with both halves in sight.
function toggleSplitter(item, button, passage, send) {
  const open = item.querySelector(".splitter");
  button.setAttribute("aria-expanded", String(!open));
  if (open) return open.remove();
  const cuts = [...boundaries(passage, "word")];
  const slider = el("input", { type: "range", min: 0, max: cuts.length - 1, "aria-label": "Where to cut" });
  slider.value = cuts.indexOf(nearestToMiddle([...boundaries(passage, "sentence")], passage.text) ?? nearestToMiddle(cuts, passage.text));
  const halves = [0, 1].map(() => el("p", { lang: passage.lang, dir: "auto" }));
  const cut = () => cuts[Number(slider.value)];
  const draw = () => {
    const parts = [passage.text.slice(0, cut()), passage.text.slice(cut())].map((part) => part.trim());
    parts.forEach((part, at) => halves[at].replaceChildren(part));
    slider.setAttribute("aria-valuetext", `${parts[0].slice(-40)} | ${parts[1].slice(0, 40)}`);
  };
  slider.addEventListener("input", draw);
  const done = el("button", { type: "button", class: "primary" }, "Split here");
  done.addEventListener("click", () => send("split", { segment: passage.id, at: Array.from(passage.text.slice(0, cut())).length }));
  draw();
  item.append(el("div", { class: "splitter" }, slider, el("div", { class: "halves" }, ...halves), done));
  slider.focus();
}

// The places between words or sentences that leave a text on either side.
function* boundaries({ lang, text }, granularity) {
  const start = text.length - text.trimStart().length, end = text.trimEnd().length;
  for (const { index } of new Intl.Segmenter(lang === "und" ? "en" : lang, { granularity }).segment(text)) {
    if (index > start && index < end && text[index].trim()) yield index;
  }
}

function nearestToMiddle(places, text) {
  return places.toSorted((a, b) => Math.abs(2 * a - text.length) - Math.abs(2 * b - text.length))[0];
}

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}
