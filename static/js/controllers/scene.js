// Several shots as one prompt: what is ticked and the model stand in the address, and the text follows them.
import { flash } from "../lib/flash.js";
import { complain } from "./toast.js";

export function openScene(root) {
  const form = root.querySelector("[data-scene-form]");
  if (form) new Scene(root, form);
}

class Scene {
  constructor(root, form) {
    this.root = root;
    this.form = form;
    form.addEventListener("change", () => this.write());
    // What was chosen before this ran, or is restored by the browser on the way back, is written now.
    addEventListener("pageshow", () => this.isChanged && this.write());
    form.addEventListener("submit", (event) => event.preventDefault());
    root.addEventListener("click", (event) => event.target.matches("[data-scene-copy]") && copy(root, event.target));
  }

  get isChanged() {
    const options = [...this.form.querySelectorAll("option")].some((one) => one.selected !== one.defaultSelected);
    return options || [...this.form.querySelectorAll("[name=shots]")].some((one) => one.checked !== one.defaultChecked);
  }

  get address() {
    const chosen = new FormData(this.form);
    return `${this.root.dataset.scene}?for=${encodeURIComponent(chosen.get("for"))}&shots=${chosen.getAll("shots").join(",")}`;
  }

  /** Write what is chosen. One request is under way at a time; the newest choice is always the last written. */
  async write() {
    this.again = this.writing;
    if (this.writing) return;
    this.writing = true;
    const told = this.root.querySelector("[data-scene-told]");
    told.classList.add("is-late");
    try {
      const address = this.address;
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw await answer.json();
      history.replaceState(null, "", address);
      this.show(told, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      complain(error instanceof Error ? { message: "The studio does not answer.", hint: "Is it still running?" } : error);
    }
    told.classList.remove("is-late");
    this.writing = false;
    if (this.again) this.write();
  }

  show(told, page) {
    const open = [...told.querySelectorAll("details[open]")].map((one) => one.dataset.keep);
    told.replaceChildren(...page.querySelector("[data-scene-told]").childNodes);
    for (const one of told.querySelectorAll("details")) one.open ||= open.includes(one.dataset.keep);
    this.root.querySelector("[data-scene-said]").textContent = told.querySelector("h2, .empty").textContent;
    const facts = page.querySelectorAll(".scene-facts");
    for (const [at, one] of this.form.querySelectorAll(".scene-facts").entries()) one.replaceChildren(...facts[at].childNodes);
  }
}

async function copy(root, button) {
  await navigator.clipboard.writeText(root.querySelector("[data-scene-text]").textContent);
  flash(button, "Copied");
}
