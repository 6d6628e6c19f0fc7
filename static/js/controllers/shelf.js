// The library, from a shot: see what a preset would change, put it on as one step, keep a part of this shot.
import { ask, send } from "../lib/server.js";
import { complain } from "./toast.js";

export function bindShelf(shot) {
  const dialog = document.querySelector("[data-shelf]");
  new Shelf(shot, dialog);
}

class Shelf {
  constructor(shot, dialog) {
    this.shot = shot;
    this.dialog = dialog;
    this.body = dialog.querySelector("[data-shelf-body]");
    for (const one of document.querySelectorAll("[data-shelf-open]")) one.addEventListener("click", () => this.open());
    for (const one of dialog.querySelectorAll("[data-close]")) one.addEventListener("click", () => dialog.close());
    this.body.addEventListener("click", (event) => this.press(event.target));
    this.body.addEventListener("input", (event) => event.target.matches("[data-shelf-find]") && this.find(event.target.value));
    this.body.addEventListener("change", (event) => event.target.matches("[data-shelf-kind]") && this.suit());
    this.body.addEventListener("submit", (event) => this.keep(event));
  }

  async open() {
    try {
      await this.shot.settle();
      await this.draw();
      this.dialog.showModal();
    } catch (error) {
      complain(error);
    }
  }

  async draw() {
    this.body.innerHTML = await (await ask(`${this.shot.url}/library`, { headers: { Accept: "text/html" } })).text();
    this.suit();
  }

  press(target) {
    const preset = target.closest("[data-preset]");
    if (preset) this.preview(preset);
    if (target.closest("[data-shelf-take]")) this.take();
  }

  async preview(button) {
    for (const one of this.body.querySelectorAll("[data-preset]")) one.setAttribute("aria-pressed", String(one === button));
    const told = this.body.querySelector("[data-shelf-told]");
    try {
      told.innerHTML = await (await send("POST", `/library/${button.dataset.preset}/preview`, { shot: this.shot.document })).text();
    } catch (error) {
      told.textContent = [error.message, error.hint].filter(Boolean).join(" ");
    }
  }

  take() {
    const { shelfPatch, shelfName } = this.body.querySelector("[data-shelf-patch]").dataset;
    this.dialog.close();
    Promise.resolve(this.shot.patch(JSON.parse(shelfPatch))).catch(complain);
    this.shot.root.querySelector("[data-switched]").textContent = `${shelfName} is put on. Undo takes it back.`;
  }

  find(text) {
    const words = text.trim().toLowerCase();
    let any = false;
    for (const group of this.body.querySelectorAll("[data-shelf-group]")) {
      const shown = [...group.querySelectorAll("li")].filter((one) => !(one.hidden = !one.textContent.toLowerCase().includes(words)));
      group.hidden = !shown.length;
      any ||= shown.length > 0;
    }
    this.body.querySelector("[data-shelf-none]").hidden = any || !words;
  }

  /** Show what belongs to the kind that is chosen. */
  suit() {
    const chosen = this.body.querySelector("[data-shelf-kind]");
    for (const one of this.body.querySelectorAll("[data-for]")) one.hidden = one.dataset.for !== chosen.value;
    this.body.querySelector("[data-shelf-gloss]").textContent = chosen.selectedOptions[0].dataset.gloss;
  }

  async keep(event) {
    event.preventDefault();
    const form = event.target;
    const said = new FormData(form);
    const kind = said.get("kind");
    const asked = { shot: this.shot.document, kind, name: said.get("name"), of: { person: said.get("who"), prop: said.get("which") }[kind] ?? "", parts: said.getAll("parts"), film: said.get("film"), target: this.shot.target.value };
    try {
      await this.put(asked);
    } catch (error) {
      if (error.status === 409) this.offer(asked, error);
      else this.tell([error.message, error.hint].filter(Boolean).join(" "));
    }
  }

  async put(asked) {
    const kept = await (await send("POST", "/library", asked)).json();
    await this.draw();
    this.tell(`${kept.kind} ${kept.name} is kept.`);
  }

  offer(asked, error) {
    this.tell(`${error.message} `);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button is-small";
    again.textContent = "Put this one in its place";
    again.addEventListener("click", () => this.put({ ...asked, replace: true }).catch((wrong) => this.tell(wrong.message)));
    this.body.querySelector("[data-shelf-kept]").append(again);
  }

  tell(words) {
    this.body.querySelector("[data-shelf-kept]").textContent = words;
  }
}
