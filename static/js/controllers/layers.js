// What a shot has from its scene and its film: take that back as one step, or give them a part of this shot.
import { send, sendForm } from "../lib/server.js";
import { complain } from "./toast.js";

export function bindLayers(shot) {
  new Layers(shot, document.querySelector("[data-layers]"));
}

class Layers {
  constructor(shot, dialog) {
    this.shot = shot;
    this.dialog = dialog;
    this.body = dialog.querySelector("[data-layers-body]");
    for (const one of document.querySelectorAll("[data-layers-open]")) one.addEventListener("click", () => this.open());
    for (const one of dialog.querySelectorAll("[data-close]")) one.addEventListener("click", () => dialog.close());
    this.body.addEventListener("click", (event) => this.press(event.target));
    this.body.addEventListener("submit", (event) => this.submit(event));
  }

  async open() {
    try {
      await this.shot.settle(); // what is given is the shot as it is kept
      await this.draw();
      this.dialog.showModal();
    } catch (error) {
      complain(error);
    }
  }

  async draw(words = "") {
    this.body.innerHTML = await (await send("POST", `${this.shot.url}/layers`, { shot: this.shot.document })).text();
    this.tell(words);
  }

  press(target) {
    const part = target.closest("[data-part-of]");
    if (part) this.show(part);
    if (target.closest("[data-layers-take]")) this.take();
  }

  async show(button) {
    for (const one of this.body.querySelectorAll("[data-part-of]")) one.setAttribute("aria-pressed", String(one === button));
    const told = this.body.querySelector("[data-layers-told]");
    try {
      told.innerHTML = await (await send("POST", `${this.shot.url}/layers/${button.dataset.partOf}`, { shot: this.shot.document })).text();
    } catch (error) {
      told.textContent = [error.message, error.hint].filter(Boolean).join(" ");
    }
  }

  take() {
    const { layersPatch, layersName } = this.body.querySelector("[data-layers-patch]").dataset;
    this.dialog.close();
    Promise.resolve(this.shot.patch(JSON.parse(layersPatch))).catch(complain);
    this.shot.root.querySelector("[data-switched]").textContent = `${layersName} Undo takes it back.`;
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const said = new FormData(form);
    try {
      if (form.matches("[data-layers-scene]")) await this.move(said.get("number"));
      else await this.give(said.get("level"), said.get("part"), said.getAll("follow"));
    } catch (error) {
      this.tell([error.message, error.hint].filter(Boolean).join(" "));
    }
  }

  async move(number) {
    await sendForm("POST", `${this.shot.url}/scene`, { number });
    await this.draw(number ? `It stands in scene ${number} now. What it says is as it was.` : "It stands in no scene now.");
    this.shot.compile();
  }

  async give(level, part, follow) {
    const given = await (await send("POST", `${this.shot.url}/layers/${part}/gift`, { level, follow })).json();
    await this.draw(given.told);
    this.shot.compile();
  }

  tell(words) {
    this.body.querySelector("[data-layers-done]").textContent = words;
  }
}
