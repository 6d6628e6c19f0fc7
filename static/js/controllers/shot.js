// The shot being edited: one document, its history, the live prompt, and saving as one goes.
import { merge, read, write } from "../lib/paths.js";
import { send } from "../lib/server.js";
import { bindCombos } from "./combo.js";
import { bindFields } from "./fields.js";
import { bindFinder } from "./finder.js";
import { bindKeys } from "./keys.js";
import { bindMask } from "./mask.js";
import { bindNotes } from "./notes.js";
import { bindOrder } from "./order.js";
import { bindPrompt, light } from "./prompt.js";
import { bindTabs } from "./tabs.js";
import { bindTakes } from "./takes.js";
import { complain } from "./toast.js";
import { bindViewer } from "./viewer.js";

const SAVE_AFTER_MS = 500;
const RETRY_MS = 3000;

export function openShot(root) {
  const shot = new Shot(root);
  bindFields(shot);
  bindCombos(shot);
  bindPrompt(shot);
  bindTabs(root.querySelector("[data-tabs]"));
  bindViewer(shot);
  bindFinder(shot);
  bindTakes(shot);
  bindKeys(shot);
  bindNotes(shot);
  bindMask(shot);
  bindOrder(shot);
  shot.restore();
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
    this.done = [];
    this.undone = [];
    this.saved = document.querySelector("[data-saved]");
    this.unsaved = false;
    this.target.addEventListener("change", () => {
      this.offerBackends();
      this.changed();
    });
    this.offerBackends();
    addEventListener("beforeunload", () => this.unsaved && this.save({ keepalive: true }));
  }

  get url() {
    return `/shots/${this.id}`;
  }

  get edit() {
    return { shot: this.document, of: this.id, target: this.target.value, wording: this.wording, checks: this.checks };
  }

  read(path) {
    return read(this.document, path);
  }

  /** Set one path, as one step of the history; typing in one field is one step. */
  set(path, value) {
    this.remember(path);
    write(this.document, path, value);
    this.changed();
  }

  /** Apply a patch as one step, and draw the controls again. */
  patch(change) {
    this.remember("");
    this.document = merge(this.document, change);
    this.changed();
    return this.redraw();
  }

  remember(path) {
    if (path && this.lastPath === path && Date.now() - this.lastAt < 1500) {
      this.lastAt = Date.now();
      return;
    }
    this.lastPath = path;
    this.lastAt = Date.now();
    this.done.push(JSON.stringify(this.document));
    this.undone = [];
  }

  step(from, to) {
    if (!from.length) return;
    to.push(JSON.stringify(this.document));
    this.document = JSON.parse(from.pop());
    this.lastPath = "";
    this.changed();
    this.redraw();
  }

  undo() {
    this.step(this.done, this.undone);
  }

  redo() {
    this.step(this.undone, this.done);
  }

  changed() {
    this.unsaved = true;
    localStorage.setItem(`printlight:draft:${this.id}`, JSON.stringify({ version: this.version, ...this.edit }));
    this.say("Editing", true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
    this.root.dispatchEvent(new CustomEvent("printlight:changed"));
    this.compile();
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
      this.show(await answer.json());
      this.refused = "";
    } catch (error) {
      if (this.refused !== error.message) complain(error);
      this.refused = error.message;
    }
    this.compiling = false;
    if (this.again) this.compile();
  }

  show(answer) {
    const pane = this.root.querySelector("[data-pane]");
    const open = [...pane.querySelectorAll("details[data-keep][open]")].map((one) => one.dataset.keep);
    // A switch stays under the cursor: a new prompt brings a new one.
    const switches = () => [...pane.querySelectorAll("[data-reading]")];
    const focused = switches().indexOf(document.activeElement);
    pane.innerHTML = answer.prompt;
    if (focused >= 0) switches()[focused]?.focus();
    for (const name of open) pane.querySelector(`details[data-keep="${name}"]`)?.setAttribute("open", "");
    this.scene = answer.scene;
    this.root.querySelector("[data-plan]").innerHTML = answer.plan;
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
      const said = this.read(field.dataset.path);
      field.classList.toggle("is-said", said !== undefined && said !== null);
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

  async store(options) {
    const sent = JSON.stringify(this.edit);
    try {
      const answer = await send("PUT", this.url, { ...this.edit, version: this.version }, options);
      this.version = (await answer.json()).version;
      if (sent === JSON.stringify(this.edit)) {
        this.unsaved = false;
        localStorage.removeItem(`printlight:draft:${this.id}`);
        this.say("Saved");
      } else this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error) {
    this.say("Not saved", true);
    if (error.status === 409) {
      this.conflict = true;
      complain(error);
    } else if (error.status !== 422) this.timer = setTimeout(() => this.save(), RETRY_MS);
  }

  say(words, waiting = false) {
    this.saved.textContent = words;
    this.saved.classList.toggle("is-unsaved", waiting);
  }

  /** Take up an edit that an earlier page could not save; ask first when the shot was saved elsewhere since. */
  restore() {
    const kept = localStorage.getItem(`printlight:draft:${this.id}`);
    if (!kept) return;
    const edit = JSON.parse(kept);
    if (JSON.stringify(edit.shot) === JSON.stringify(this.document)) localStorage.removeItem(`printlight:draft:${this.id}`);
    else if (edit.version === this.version) this.take(edit);
    else {
      const message = "An edit of yours was not saved, and this shot was saved from another window since.";
      complain({ message }, { label: "Use my edit", run: () => this.take(edit) });
    }
  }

  take(edit) {
    this.remember("");
    this.document = edit.shot;
    this.target.value = edit.target;
    this.changed();
    this.redraw();
  }

  /** Draw the controls again from the document, and keep what was open. */
  async redraw() {
    const panel = this.root.querySelector("[data-controls]");
    const drawn = await (await send("POST", "/edits/controls", this.edit)).text();
    const open = [...panel.querySelectorAll("details[open]")].map(nameOf);
    const shut = [...panel.querySelectorAll("details:not([open])")].map(nameOf);
    panel.innerHTML = drawn;
    for (const one of panel.querySelectorAll("details")) {
      if (open.includes(nameOf(one))) one.open = true;
      if (shut.includes(nameOf(one))) one.open = false;
    }
    await this.compile();
  }

  /** Open the control of a path and put the cursor in it. */
  go(path) {
    const field = this.fieldOf(path);
    if (!field) return;
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

function nameOf(details) {
  return details.dataset.department ?? details.dataset.part;
}

function fill(root, kind, values) {
  for (const place of root.querySelectorAll(`[data-${kind}]`)) place.textContent = values[place.dataset[kind]] ?? "";
}
