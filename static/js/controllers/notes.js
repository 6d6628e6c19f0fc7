// What is called on set: Enter shows what a note would do, Enter again takes it as one step, Escape drops it.
import { send } from "../lib/server.js";
import { Offer } from "./offer.js";
import { complain } from "./toast.js";

const KEPT = "printlight:notes";
const MOST = 40;

export function bindNotes(shot) {
  new Notes(shot);
}

class Notes {
  constructor(shot) {
    this.shot = shot;
    this.form = shot.root.querySelector("[data-note]");
    this.input = this.form.querySelector("[data-note-text]");
    this.told = this.form.querySelector("[data-note-told]");
    this.back = 0;
    new Offer(this.input, this.form.querySelector("[data-offer]"));
    this.form.addEventListener("submit", (event) => this.enter(event));
    this.form.addEventListener("keydown", (event) => this.steer(event));
    this.form.addEventListener("click", (event) => this.press(event.target));
    shot.root.addEventListener("printlight:compiled", () => this.outlive());
    this.input.addEventListener("input", () => {
      this.back = 0;
      this.told.classList.toggle("is-late", Boolean(this.shown));
    });
  }

  get text() {
    return this.input.value.trim();
  }

  /** What was shown may be taken while neither the words nor the shot have changed since. */
  get isReady() {
    return Boolean(this.shown?.patch) && this.shown.text === this.text && this.shown.document === JSON.stringify(this.shot.document);
  }

  async enter(event) {
    event.preventDefault();
    if (!this.text || this.asking) return;
    this.asking = true;
    await (this.isReady ? this.take() : this.ask());
    this.asking = false;
  }

  async ask() {
    const [text, document] = [this.text, JSON.stringify(this.shot.document)];
    keep(text);
    this.told.classList.add("is-late");
    try {
      const answer = await send("POST", "/notes", { shot: this.shot.document, text });
      this.told.innerHTML = await answer.text();
      const { notePatch, count } = this.told.querySelector("[data-note-patch]").dataset;
      const patch = JSON.parse(notePatch);
      this.shown = { text, document, patch: Object.keys(patch).length ? patch : null, count: Number(count) };
      this.taken = null;
      this.told.scrollIntoView({ block: "nearest" });
    } catch (error) {
      this.clear();
      complain(error);
    }
    this.told.classList.toggle("is-late", Boolean(this.shown) && this.shown.text !== this.text);
  }

  async take() {
    const { patch, count } = this.shown;
    this.input.value = "";
    this.clear();
    this.say(`${count} change${count === 1 ? "" : "s"} taken.`, "Undo", () => this.undo());
    this.input.focus();
    const drawn = this.shot.patch(patch);
    this.taken = JSON.stringify(this.shot.document);
    await drawn.catch(complain);
  }

  /** After a later edit, Undo would take back that one: the offer goes. */
  outlive() {
    if (this.taken && this.taken !== JSON.stringify(this.shot.document)) this.clear();
  }

  undo() {
    this.taken = null;
    this.shot.undo();
    this.say("Taken back.");
    this.input.focus();
  }

  say(words, label = "", run = null) {
    const line = document.createElement("p");
    line.className = "call-acts";
    line.append(words);
    if (label) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button is-small";
      button.textContent = label;
      button.addEventListener("click", run);
      line.append(" ", button);
    }
    this.told.replaceChildren(line);
  }

  press(target) {
    if (!target.closest("[data-note-drop]")) return;
    this.drop();
    this.input.focus();
  }

  steer(event) {
    if (event.key === "Escape") this.leave();
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step || event.target !== this.input) return;
    event.preventDefault();
    const last = kept();
    this.back = Math.min(last.length, Math.max(0, this.back + step));
    this.input.value = this.back ? last[this.back - 1] : "";
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    this.told.classList.toggle("is-late", Boolean(this.shown) && this.shown.text !== this.text);
  }

  /** Drop the note; from an empty line Escape leads out of it, so that single keys act again. */
  leave() {
    if (!this.input.value && !this.told.hasChildNodes()) this.input.blur();
    this.drop();
  }

  drop() {
    this.input.value = "";
    this.clear();
  }

  clear() {
    this.shown = null;
    this.taken = null;
    this.back = 0;
    this.told.classList.remove("is-late");
    this.told.replaceChildren();
  }
}

// The last notes, the newest first: the same call often serves the next shot.
function kept() {
  return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
}

function keep(text) {
  localStorage.setItem(KEPT, JSON.stringify([text, ...kept().filter((one) => one !== text)].slice(0, MOST)));
}
