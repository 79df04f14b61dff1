// What is typed of a translation, until the server says that it is written: it outlives a reload, a refusal because
// somebody else was first, and a connection that breaks.

const DRAFTS = "workbench-drafts"; // in the tab's storage

const plain = (text) => (text ?? "").trim().replace(/\s+/g, " ");

// By the id of a segment {text, before}: what was typed, and the English that its writer knew of. The latest is last.
class Drafts {
  constructor() {
    try {
      this.all = new Map(Object.entries(JSON.parse(sessionStorage.getItem(DRAFTS)) ?? {}));
    } catch {
      this.all = new Map();
    }
  }

  get(id) {
    return this.all.get(id);
  }

  put(id, draft) {
    this.all.delete(id);
    this.all.set(id, draft);
    this.keep();
  }

  drop(id) {
    if (this.all.delete(id)) this.keep();
  }

  // `text` is in the workspace now; what was typed since is not.
  written(id, text) {
    const draft = this.get(id);
    if (!draft) return;
    if (plain(draft.text) === text) this.drop(id);
    else this.put(id, { ...draft, before: text });
  }

  keep() {
    try {
      sessionStorage.setItem(DRAFTS, JSON.stringify(Object.fromEntries(this.all)));
    } catch {
      // A browser that keeps nothing loses them with the page.
    }
  }
}
