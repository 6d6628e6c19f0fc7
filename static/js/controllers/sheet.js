// The departments as one sheet: all fields or those that matter, and a box that finds a field by its name.
const KEPT = "printlight:fields";

export function bindSheet(shot) {
  const sheet = new Sheet(shot, shot.root.querySelector("[data-sheet]"));
  sheet.press(document.documentElement.dataset.fields);
}

class Sheet {
  constructor(shot, head) {
    this.shot = shot;
    this.head = head;
    this.panel = shot.root.querySelector("[data-controls]");
    this.none = shot.root.querySelector("[data-none]");
    this.box = head.querySelector("[data-find-field]");
    this.before = null;
    head.addEventListener("click", (event) => event.target.dataset.fields && this.switch(event.target.dataset.fields));
    this.box.addEventListener("input", () => this.find());
    this.box.addEventListener("keydown", (event) => this.steer(event));
    shot.root.addEventListener("printlight:drawn", () => this.before && this.find());
    shot.root.addEventListener("printlight:going", () => this.clear());
  }

  switch(view) {
    document.documentElement.dataset.fields = view;
    localStorage.setItem(KEPT, view);
    for (const one of this.panel.querySelectorAll(".is-shown")) one.classList.remove("is-shown");
    this.press(view);
  }

  press(view) {
    for (const button of this.head.querySelectorAll("[data-fields]")) button.setAttribute("aria-pressed", button.dataset.fields === view);
    if (view === "simple") for (const strip of this.panel.querySelectorAll(".strip")) strip.open = true;
  }

  get words() {
    return this.box.value.toLowerCase().split(/\s+/).filter(Boolean);
  }

  find() {
    const { words } = this;
    if (!words.length) return this.clear();
    const all = [...this.panel.querySelectorAll("details")];
    this.before ??= new Map(all.map((one) => [nameOf(one), one.open]));
    this.panel.classList.add("is-finding");
    for (const field of this.panel.querySelectorAll(".field")) {
      const text = textOf(field);
      field.classList.toggle("is-found", words.every((word) => text.includes(word)));
    }
    for (const one of all) one.open = Boolean(one.querySelector(".is-found"));
    const count = this.found.length;
    this.none.textContent = count ? "" : "No field is called that.";
  }

  get found() {
    return [...this.panel.querySelectorAll(".field.is-found")];
  }

  clear() {
    if (!this.before) return;
    this.box.value = "";
    this.none.textContent = "";
    this.panel.classList.remove("is-finding");
    for (const one of this.panel.querySelectorAll("details")) one.open = this.before.get(nameOf(one)) ?? one.open;
    this.before = null;
  }

  steer(event) {
    const first = this.found[0];
    if (event.key === "Escape" && this.box.value) this.clear();
    else if (event.key === "Escape") this.box.blur();
    else if (["Enter", "ArrowDown"].includes(event.key) && this.before && first) this.shot.go(first.dataset.path);
    else return;
    event.preventDefault();
  }
}

function nameOf(details) {
  return details.dataset.department ?? details.dataset.part;
}

// A field is found by its label and unit, by its part and its department.
function textOf(field) {
  const around = [];
  for (let node = field.closest("details"); node; node = node.parentElement.closest("details")) around.push(node.querySelector(".strip-name, .part-name")?.textContent ?? "");
  const own = [field.querySelector(".field-label").textContent, field.querySelector(".unit")?.textContent, field.dataset.path.replace(/[._]/g, " ")];
  return [...own, ...around].join(" ").toLowerCase();
}
