// The prompt as a drawer, where a window has no room for three columns: a button and a key open and close it. What is
// shown is the style sheet's matter (layout.css); a browser remembers what a person chose.
const KEPT = "printlight:prompt";

export function bindDrawer(shot) {
  shot.drawer = new Drawer(shot, document.querySelector("[data-drawer]"));
}

class Drawer {
  constructor(shot, button) {
    this.shot = shot;
    this.button = button;
    this.pane = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => this.turn());
    this.pane.addEventListener("keydown", (event) => this.leave(event));
    shot.root.addEventListener("printlight:compiled", () => this.sign());
    addEventListener("resize", () => this.sign());
    this.sign();
  }

  get isOpen() {
    return this.pane.checkVisibility();
  }

  /** Open it with the cursor on its first piece, or close it and give the cursor back to where it was. */
  turn() {
    if (!this.button.checkVisibility()) return;
    if (this.isOpen) return this.close();
    this.before = document.activeElement;
    this.show();
    this.pane.querySelector(".piece")?.focus();
  }

  /** Have the prompt on the page, whoever is asked for in it. */
  show() {
    if (!this.isOpen) this.keep("open");
  }

  close() {
    const held = this.pane.contains(document.activeElement);
    this.keep("closed");
    if (!held) return;
    const back = this.before?.isConnected && this.before.checkVisibility() && this.before !== document.body ? this.before : this.button;
    back.focus();
  }

  keep(state) {
    document.documentElement.dataset.promptIs = state;
    localStorage.setItem(KEPT, state);
    this.sign();
  }

  leave(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.target.closest("form, select, details[open]") || !this.button.checkVisibility()) return;
    event.preventDefault();
    this.close();
  }

  sign() {
    const found = this.pane.querySelectorAll(".note[data-code]").length;
    this.button.setAttribute("aria-expanded", this.isOpen);
    this.button.querySelector("[data-drawer-found]").textContent = found ? `${found} finding${found === 1 ? "" : "s"}` : "";
  }
}
