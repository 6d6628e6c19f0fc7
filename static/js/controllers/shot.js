// The shot being edited: one document, its history, the live prompt, and saving as one goes.
import { History } from "../lib/history.js";
import { merge, read, write } from "../lib/paths.js";
import { ask, send } from "../lib/server.js";
import { keep, kept } from "../lib/store.js";
import { swap } from "../lib/swap.js";
import { bindCombos } from "./combo.js";
import { bindDrawer } from "./drawer.js";
import { bindFields } from "./fields.js";
import { bindFinder } from "./finder.js";
import { bindLayers } from "./layers.js";
import { bindMask } from "./mask.js";
import { bindNotes } from "./notes.js";
import { bindOrder } from "./order.js";
import { bindPictures } from "./pictures.js";
import { bindPlan } from "./plan.js";
import { bindPrompt, light } from "./prompt.js";
import { bindSheet } from "./sheet.js";
import { bindShelf } from "./shelf.js";
import { bindStill } from "./still.js";
import { bindTabs } from "./tabs.js";
import { bindTakes } from "./takes.js";
import { complain } from "./toast.js";
import { bindViewer } from "./viewer.js";
import { bindWindows } from "./windows.js";

const SAVE_AFTER_MS = 500;
const RETRY_MS = 3000;
const STEP_MS = 1500; // typing on in one field for so long is one step

export function openShot(root) {
  const shot = new Shot(root);
  bindFields(shot);
  bindCombos(shot);
  bindSheet(shot);
  bindPrompt(shot);
  bindPictures(shot);
  bindTabs(root.querySelector("[data-tabs]"));
  bindViewer(shot);
  bindStill(shot);
  bindFinder(shot);
  bindTakes(shot);
  bindNotes(shot);
  bindMask(shot);
  bindOrder(shot);
  bindPlan(shot);
  bindShelf(shot);
  bindLayers(shot);
  bindDrawer(shot);
  shot.restore();
  bindWindows(shot);
  return shot;
}

class Shot {
  constructor(root) {
    this.root = root;
    this.id = root.dataset.shot;
    this.version = Number(root.dataset.version);
    this.document = JSON.parse(root.querySelector("[data-document]").textContent);
    this.scene = JSON.parse(root.querySelector("[data-scene-now]").textContent);
    this.target = document.querySelector("[data-target]");
    this.backend = document.querySelector("[data-backend]");
    this.wording = "compiled";
    this.project = root.dataset.project;
    this.checks = JSON.parse(root.dataset.checks);
    this.history = new History(this.id);
    this.history.resume(this.document, this.version);
    this.mine = true;
    this.saved = document.querySelector("[data-saved]");
    this.unsaved = false;
    this.target.addEventListener("change", () => {
      this.offerBackends();
      this.changed();
    });
    this.offerBackends();
    this.bindHolding();
    addEventListener("pagehide", () => this.leave());
    addEventListener("pointerdown", () => this.hold(), { capture: true });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (this.held = false), { capture: true });
    addEventListener("online", () => this.unsaved && this.save());
  }

  get url() {
    return `/shots/${this.id}`;
  }

  get edit() {
    return { shot: this.document, of: this.id, target: this.target.value, wording: this.wording, checks: this.checks, frame: this.frame };
  }

  read(path) {
    return read(this.document, path);
  }

  get draft() {
    return `printlight:draft:${this.id}`;
  }

  /** Set one path, as one step of the history; typing in one field is one step. */
  set(path, value) {
    return this.setAll(path, { [path]: value });
  }

  /** Set several paths that one hand moves; while it moves, that is one step. `name` is the hand's. */
  setAll(name, values) {
    if (!this.mine) return this.refuse();
    this.remember(name);
    for (const [path, value] of Object.entries(values)) write(this.document, path, value);
    this.changed();
  }

  /** Apply a patch as one step, and draw the controls again. */
  patch(change) {
    if (!this.mine) return this.refuse();
    this.remember("");
    this.document = merge(this.document, change);
    this.changed();
    return this.redraw();
  }

  /** A window that looks on takes no edits: the controls are drawn again as the shot stands. */
  refuse() {
    complain({ message: "This window looks on: the shot is edited in another one.", hint: "Take over to edit it here." });
    return this.redraw();
  }

  remember(path) {
    const goesOn = path && this.lastPath === path && (this.held || Date.now() - this.lastAt < STEP_MS);
    this.lastPath = path;
    this.lastAt = Date.now();
    if (!goesOn) this.history.begin(this.document);
  }

  /** What a hand does until it lets go is one step, however long it rests. */
  hold() {
    if (Date.now() - this.lastAt >= STEP_MS) this.lastPath = "";
    this.held = true;
  }

  /** What comes next in a field belongs to the step that is under way there, however long it took. */
  goOn(path) {
    if (this.lastPath === path) this.lastAt = Date.now();
  }

  undo() {
    this.step(this.history.undo(this.document));
  }

  redo() {
    this.step(this.history.redo(this.document));
  }

  step(document) {
    if (!document || !this.mine) return;
    this.document = document;
    this.lastPath = "";
    this.changed();
    this.redraw();
  }

  changed() {
    this.unsaved = true;
    this.keepDraft();
    this.say("Editing", true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
    this.root.dispatchEvent(new CustomEvent("printlight:edited"));
    this.compile();
  }

  /** Keep the edit in this browser until it is saved; with it, what was sent and may have arrived. */
  keepDraft() {
    const draft = { version: this.version, ...this.edit, sent: this.sent };
    if (!keep(this.draft, JSON.stringify(draft))) this.tell({ message: "This browser has no room left to keep your edit.", hint: "Leave the page open until it is saved." });
  }

  /** Take up the shot as another window has it. */
  follow({ document, target, version }) {
    this.document = document;
    this.version = version;
    this.target.value = target;
    this.redraw();
  }

  /** Say what went wrong, once until something goes well again. */
  tell(error) {
    if (this.told !== error.message) complain(error);
    this.told = error.message;
  }

  /** Compile the edit as it stands. One request is under way at a time; the newest edit is always the last compiled. */
  async compile() {
    if (this.compiling) {
      this.again = true;
      return;
    }
    this.compiling = true;
    this.again = false;
    try {
      const answer = await send("POST", "/edits/prompt", this.edit);
      const said = await answer.json();
      await this.stillness();
      this.show(said);
      this.told = "";
    } catch (error) {
      this.stale ||= error.status === 0;
      this.tell(error);
    }
    this.compiling = false;
    if (this.again) this.compile();
  }

  /** What is held down in the prompt pane. The browser's own :active lasts on after something was dropped there. */
  bindHolding() {
    const hold = (held) => (event) => {
      if (held && event.target.closest("select")) return; // its list may take the letting go for itself
      this.held = held;
      if (!held) this.letGo?.();
    };
    for (const kind of ["pointerdown", "keydown"]) this.root.querySelector("[data-pane]").addEventListener(kind, hold(true));
    for (const kind of ["pointerup", "pointercancel", "keyup", "blur"]) addEventListener(kind, hold(false));
  }

  /** A button that is held down must not be gone before it is let go. */
  async stillness() {
    if (this.held) await new Promise((go) => (this.letGo = () => setTimeout(go)));
  }

  show(answer) {
    const pane = this.root.querySelector("[data-pane]");
    if (this.drawn !== answer.prompt) swap(pane, answer.prompt);
    this.drawn = answer.prompt;
    this.scene = answer.scene;
    this.root.querySelector("[data-reads]").textContent = answer.reads;
    fill(this.root, "report", answer.reports);
    fill(this.root, "line", answer.lines);
    for (const field of this.root.querySelectorAll("[data-path]")) {
      const hint = field.querySelector("[data-hint]");
      const [severity, message] = answer.findings[field.dataset.path] ?? ["", ""];
      const finding = field.querySelector("[data-finding]");
      finding.textContent = message;
      finding.className = `field-finding is-${severity}`;
      if (!hint.classList.contains("is-wrong")) hint.textContent = answer.hints[field.dataset.path] ?? "";
      field.classList.toggle("has-finding", answer.touched.includes(field.dataset.path));
      sign(field, this.read(field.dataset.path) ?? null, this.document.marks?.[field.dataset.path] ?? {});
    }
    light(this);
    this.root.dispatchEvent(new CustomEvent("printlight:compiled", { detail: answer }));
  }

  /** Keep how the whole film is checked, and check again. */
  async check(checks) {
    const before = this.checks;
    this.checks = checks;
    try {
      await send("PUT", `/projects/${this.project}/checks`, checks);
    } catch (error) {
      this.checks = before;
      complain(error);
    }
    await this.compile();
  }

  async save(options = {}) {
    clearTimeout(this.timer);
    if (this.saving || this.conflict) return this.saving;
    this.saving = this.store(options);
    await this.saving;
    this.saving = null;
  }

  /** Have the shot saved as it stands. */
  async settle() {
    await this.saving;
    if (this.unsaved) await this.save();
  }

  /** Save the edit. What was sent and never answered goes first, as it was: should it have arrived, it is no conflict. */
  async store(options) {
    this.sent ??= structuredClone(this.edit);
    const sent = JSON.stringify(this.sent);
    this.keepDraft();
    try {
      const answer = await send("PUT", this.url, { ...this.sent, version: this.version }, options);
      this.version = (await answer.json()).version;
      this.sent = null;
      this.history.keep(this.document, this.version);
      if (sent === JSON.stringify(this.edit)) {
        this.unsaved = false;
        localStorage.removeItem(this.draft);
        this.say("Saved");
      } else this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
      if (this.stale) this.redraw();
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error) {
    this.say("Not saved, kept here", true);
    if (error.status >= 400 && error.status < 500) this.refused();
    if (error.status === 409) this.part(error);
    else if (error.status === 422) this.tell(error);
    else this.timer = setTimeout(() => this.save(), RETRY_MS);
  }

  /** What was sent last was not written. */
  refused() {
    this.sent = null;
    this.keepDraft();
  }

  /** The shot was saved elsewhere since: nothing is written over it before somebody says so. */
  part(error) {
    this.conflict = true;
    complain(error, { label: "Take theirs", run: () => this.takeTheirs() }, { label: "Use my edit", run: () => this.useMine() });
  }

  takeTheirs() {
    this.unsaved = false;
    localStorage.removeItem(this.draft);
    location.reload();
  }

  async useMine() {
    try {
      this.version = await this.newest();
    } catch (error) {
      return complain(error, { label: "Use my edit", run: () => this.useMine() });
    }
    this.conflict = false;
    return this.save();
  }

  /** The version that the studio has of this shot now. */
  async newest() {
    const text = await (await ask(this.url, { headers: { Accept: "text/html" } })).text();
    return Number(new DOMParser().parseFromString(text, "text/html").querySelector("[data-shot]").dataset.version);
  }

  leave() {
    if (!this.mine) return;
    if (this.unsaved) this.save({ keepalive: true });
    this.history.keep(this.document, this.version);
  }

  say(words, waiting = false) {
    this.saved.textContent = words;
    this.saved.classList.toggle("is-unsaved", waiting);
  }

  /** Take up an edit that an earlier page could not save; ask first when the shot was saved elsewhere since. */
  restore() {
    const edit = kept(this.draft);
    if (!edit) return;
    if (JSON.stringify(edit.shot) === JSON.stringify(this.document)) localStorage.removeItem(this.draft);
    else if (edit.sent || edit.version === this.version) {
      this.version = edit.version;
      this.sent = edit.sent;
      this.take(edit);
    } else {
      const message = "An edit of yours was not saved, and this shot was saved from another window since.";
      const use = () => {
        this.remember("");
        this.take(edit);
      };
      complain({ message }, { label: "Use my edit", run: use });
    }
  }

  take(edit) {
    this.document = edit.shot;
    this.target.value = edit.target;
    this.changed();
    this.redraw();
  }

  /** Draw the controls again from the document, then the prompt; what is open, focused or being typed stays. */
  async redraw() {
    this.wanted = true;
    this.drawing ??= this.drawControls();
    await this.drawing;
    await this.compile();
  }

  async drawControls() {
    const panel = this.root.querySelector("[data-controls]");
    try {
      while (this.wanted) {
        this.wanted = false;
        this.typing = null;
        const sent = JSON.stringify(this.document);
        const drawn = await (await send("POST", "/edits/controls", this.edit)).text();
        this.wanted ||= sent !== JSON.stringify(this.document);
        if (!this.wanted) swap(panel, drawn, (one) => one === this.typing);
      }
      this.stale = false;
      this.root.dispatchEvent(new CustomEvent("printlight:drawn"));
    } catch (error) {
      this.stale = true;
      this.tell(error);
    }
    this.drawing = null;
  }

  /** Open the control of a path and put the cursor in it. */
  go(path) {
    const field = this.fieldOf(path);
    if (!field) return;
    this.root.dispatchEvent(new CustomEvent("printlight:going"));
    field.classList.add("is-shown");
    for (let node = field.closest("details"); node; node = node.parentElement.closest("details")) node.open = true;
    field.scrollIntoView({ block: "center" });
    field.querySelector("input, select, textarea")?.focus();
  }

  fieldOf(path) {
    const fields = [...this.root.querySelectorAll("[data-path]")];
    return (
      fields.find((one) => one.dataset.path === path) ??
      fields.find((one) => path.startsWith(`${one.dataset.path}.`) || one.dataset.path.startsWith(`${path}.`))
    );
  }

  offerBackends() {
    for (const option of this.backend.options) {
      const serves = option.dataset.targets.split(" ").filter(Boolean);
      option.disabled = serves.length > 0 && !serves.includes(this.target.value);
    }
    if (this.backend.selectedOptions[0]?.disabled) this.backend.value = "previz";
  }
}

// How a field stands: said, left to the model, pinned.
function sign(field, value, { pin, leave }) {
  const words = Object.entries({ said: value !== null, left: leave, pinned: pin }).filter(([, on]) => on).map(([word]) => word);
  for (const one of ["said", "left", "pinned"]) field.classList.toggle(`is-${one}`, words.includes(one));
  field.querySelector("[data-sign]").textContent = words.join(", ").replace("left", "left to the model");
}

function fill(root, kind, values) {
  for (const place of root.querySelectorAll(`[data-${kind}]`)) place.textContent = values[place.dataset[kind]] ?? "";
}
