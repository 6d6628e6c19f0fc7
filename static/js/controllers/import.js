// A file into the film, another program's or a shared one: choose it, see what will come, keep it.
import { send, sendFile } from "../lib/server.js";
import { keep, kept } from "../lib/store.js";
import { complain } from "./toast.js";

const CAME = "printlight:came"; // the shots of the last import, until the film's page has offered to take them back

export function bindImport(dialog, button) {
  new Import(dialog);
  button.addEventListener("click", () => dialog.showModal());
  offerUndo(dialog.dataset.import);
}

function offerUndo(film) {
  const came = kept(CAME);
  if (came?.film !== film) return;
  localStorage.removeItem(CAME);
  const count = came.shots.length;
  const undo = async () => {
    try {
      await send("POST", `/projects/${film}/imports/undo`, { shots: came.shots });
      location.assign(`/projects/${film}`);
    } catch (error) {
      complain(error);
    }
  };
  complain({ message: `${count} shot${count === 1 ? "" : "s"} came in.` }, { label: "Undo the import", run: undo });
}

class Import {
  constructor(dialog) {
    this.dialog = dialog;
    this.input = dialog.querySelector("[data-import-file]");
    this.drop = dialog.querySelector("[data-import-drop]");
    this.told = dialog.querySelector("[data-import-told]");
    this.none = dialog.querySelector("[data-import-none]");
    this.keep = dialog.querySelector("[data-import-keep]");
    this.wording = this.drop.textContent;
    this.input.addEventListener("change", () => this.take(this.input.files[0]));
    dialog.querySelector("[data-import-form]").addEventListener("submit", (event) => this.send(event));
    for (const one of dialog.querySelectorAll("[data-close]")) one.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.clear());
    dialog.addEventListener("toggle", () => this.carryToasts());
    for (const name of ["dragover", "dragleave", "drop"]) this.drop.addEventListener(name, (event) => this.over(event));
  }

  over(event) {
    event.preventDefault();
    this.drop.classList.toggle("is-over", event.type === "dragover");
    if (event.type === "drop") this.take(event.dataTransfer.files[0]);
  }

  /** Ask what a file would bring; an answer that comes after another choice is not shown. */
  async take(file) {
    if (!file) return;
    this.clear();
    this.file = file;
    this.drop.textContent = file.name;
    this.told.textContent = "Reading…";
    try {
      const answer = await (await sendFile(`/imports?film=${this.dialog.dataset.import}`, file)).text();
      if (this.file === file) this.show(answer);
    } catch (error) {
      if (this.file !== file) return;
      this.clear();
      complain(error);
    }
  }

  show(answer) {
    this.told.innerHTML = answer;
    this.none.hidden = true;
    const said = this.told.querySelector("[data-shots]").dataset;
    const count = Number(said.shots);
    this.keep.textContent = count ? `Import ${count} shot${count === 1 ? "" : "s"}` : "Import";
    this.keep.disabled = said.keep === "";
  }

  async send(event) {
    event.preventDefault();
    if (!this.file || this.keep.disabled) return;
    this.keep.disabled = true;
    try {
      const answer = await sendFile(`/projects/${this.dialog.dataset.import}/imports`, this.file);
      const { open, shots } = await answer.json();
      if (shots) keep(CAME, JSON.stringify({ film: this.dialog.dataset.import, shots: shots.map((one) => one.id) }));
      location.assign(open ?? `#${shots[0].id}`);
      if (!open || new URL(open, location).pathname === location.pathname) location.reload();
    } catch (error) {
      this.keep.disabled = false;
      complain(error);
    }
  }

  clear() {
    this.file = null;
    this.input.value = "";
    this.drop.textContent = this.wording;
    this.told.replaceChildren();
    this.none.hidden = false;
    this.keep.textContent = "Import";
    this.keep.disabled = true;
  }

  // What goes wrong has to be seen and closed above an open dialog, which makes all else inert.
  carryToasts() {
    (this.dialog.open ? this.dialog : document.body).append(document.querySelector("[data-toasts]"));
  }
}
