// A prompt in any form: paste it, see what is understood, make shots of it. Nothing is kept before.
import { send, sendFile } from "../lib/server.js";
import { complain } from "./toast.js";

const READ_AFTER_MS = 150;

export function bindPaste(dialog, button) {
  const paste = new Paste(dialog);
  button.addEventListener("click", () => dialog.showModal());
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "p" || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return;
    event.preventDefault();
    dialog.showModal();
  });
  // What is pasted onto the board itself goes into the box.
  addEventListener("paste", (event) => {
    if (isBusy(event.target) || !event.clipboardData?.types.length) return;
    event.preventDefault();
    dialog.showModal();
    paste.put(event.clipboardData);
  });
}

function isBusy(target) {
  return Boolean(document.querySelector("dialog[open]")) || target.matches?.("input, textarea, select");
}

class Paste {
  constructor(dialog) {
    this.dialog = dialog;
    this.text = dialog.querySelector("[data-paste-text]");
    this.file = dialog.querySelector("[data-paste-file]");
    this.note = dialog.querySelector("[data-paste-note]");
    this.none = dialog.querySelector("[data-paste-none]");
    this.told = dialog.querySelector("[data-paste-told]");
    this.said = dialog.querySelector("[data-paste-said]");
    this.keep = dialog.querySelector("[data-paste-keep]");
    this.form = dialog.querySelector("[data-paste-form]");
    this.listen();
  }

  listen() {
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("paste", (event) => event.clipboardData.files.length && this.carry(event, event.clipboardData));
    this.text.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.form.requestSubmit());
    this.file.addEventListener("change", () => this.open(this.file.files[0]));
    this.form.addEventListener("submit", (event) => this.make(event));
    this.dialog.addEventListener("toggle", () => this.carryToasts());
    for (const one of this.dialog.querySelectorAll("[data-close]")) one.addEventListener("click", () => this.dialog.close());
    for (const name of ["dragover", "dragleave", "drop"]) this.dialog.addEventListener(name, (event) => this.over(event));
    for (const kind of ["mouseover", "focusin"]) this.told.addEventListener(kind, (event) => this.point(event.target));
    this.told.addEventListener("mouseleave", () => this.point(document.activeElement));
    this.told.addEventListener("keydown", (event) => this.walk(event));
  }

  over(event) {
    if (event.type !== "dragleave" && ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.text.classList.toggle("is-over", event.type === "dragover");
    if (event.type === "drop") this.open(event.dataTransfer.files[0]);
  }

  carry(event, data) {
    event.preventDefault();
    this.put(data);
  }

  /** Take what the clipboard holds: a file, else text, at the end of what is there. */
  put(data) {
    if (data.files.length) {
      this.open(data.files[0]);
      return;
    }
    this.text.value += data.getData("text/plain");
    this.typed();
  }

  /** Put the text of a file, or the one that a picture carries, in the box. */
  async open(file) {
    if (!file) return;
    this.note.textContent = `Reading ${file.name}…`;
    try {
      const found = await (await sendFile("/pasted/files", file)).json();
      this.text.value = found.text;
      this.note.textContent = found.note;
      await this.read();
    } catch (error) {
      this.note.textContent = "";
      complain(error);
    }
    this.file.value = "";
  }

  typed() {
    this.note.textContent = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), READ_AFTER_MS);
  }

  /** Ask what is understood. One request is under way at a time; the newest text is always the last read. */
  async read() {
    this.again = this.reading;
    if (this.reading) return;
    this.reading = true;
    const text = this.text.value;
    this.told.classList.add("is-late");
    if (!text.trim()) this.show("");
    else {
      try {
        this.show(await (await send("POST", "/pasted", { text })).text());
      } catch (error) {
        this.refuse(error);
      }
    }
    this.told.classList.remove("is-late");
    this.reading = false;
    if (this.again) this.read();
  }

  show(answer) {
    this.told.innerHTML = answer;
    this.none.hidden = Boolean(answer);
    const head = this.told.querySelector("[data-shots]");
    const count = Number(head?.dataset.shots ?? 0);
    this.keep.textContent = count > 1 ? `Make ${count} shots` : "Make a shot";
    this.keep.disabled = count === 0;
    this.said.textContent = head?.dataset.said ?? "";
  }

  refuse(error) {
    this.show("");
    this.none.hidden = true;
    const line = document.createElement("p");
    line.className = "paste-wrong";
    line.setAttribute("role", "alert");
    line.textContent = [error.message, error.hint].filter(Boolean).join(" ");
    this.told.replaceChildren(line);
  }

  async make(event) {
    event.preventDefault();
    if (!this.text.value.trim() || this.keep.disabled) return;
    this.keep.disabled = true;
    try {
      const answer = await send("POST", `/projects/${this.dialog.dataset.paste}/pasted`, { text: this.text.value });
      location.assign(`/shots/${(await answer.json()).shots[0].id}`);
    } catch (error) {
      this.keep.disabled = false;
      complain(error);
    }
  }

  // A piece and its fields light each other, and a line says what the piece became.
  point(target) {
    const piece = target?.closest?.(".said");
    const line = target?.closest?.("[data-field]");
    const keys = piece?.dataset.at.split(" ") ?? [];
    for (const one of this.told.querySelectorAll("[data-field]")) one.classList.toggle("is-lit", keys.includes(one.dataset.field));
    for (const one of this.told.querySelectorAll(".said")) one.classList.toggle("is-lit", one === piece || Boolean(line) && one.dataset.at.split(" ").includes(line.dataset.field));
    const at = this.told.querySelector("[data-paste-at]");
    if (at) at.textContent = piece?.dataset.told ?? at.textContent;
  }

  // Arrow keys walk the marked pieces.
  walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(".said")) return;
    event.preventDefault();
    const pieces = [...this.told.querySelectorAll(".said")];
    const next = pieces[(pieces.indexOf(event.target) + step + pieces.length) % pieces.length];
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  // What goes wrong has to be seen and closed above an open dialog, which makes all else inert.
  carryToasts() {
    (this.dialog.open ? this.dialog : document.body).append(document.querySelector("[data-toasts]"));
  }
}
