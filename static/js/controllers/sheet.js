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
    for (const place of [head, this.panel]) {
      place.addEventListener("input", (event) => event.target.matches("[data-find-field]") && this.find(event.target));
      place.addEventListener("keydown", (event) => (event.target.matches("[data-find-field]") ? this.steer(event) : this.reach(event)));
    }
    shot.root.addEventListener("printlight:drawn", () => this.before && this.resume());
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

  /** Show the fields that a box asks for: of its department, or of all of them. */
  find(box) {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (box !== this.box) this.clear();
    this.box = box;
    if (!words.length) return this.clear();
    const scope = box.closest(".strip") ?? this.panel;
    this.asked = { value: box.value, department: scope.dataset.department };
    this.before ??= new Map([...this.panel.querySelectorAll("details")].map((one) => [nameOf(one), one.open]));
    scope.classList.add("is-finding");
    for (const field of scope.querySelectorAll(".field")) {
      const text = textOf(field);
      field.classList.toggle("is-found", words.every((word) => text.includes(word)));
    }
    for (const one of scope.querySelectorAll("details")) one.open = Boolean(one.querySelector(".is-found"));
    this.none.textContent = this.found.length ? "" : "No field is called that.";
  }

  // The controls were drawn anew: what was asked for is asked again.
  resume() {
    const { value, department } = this.asked;
    if (department) this.box = this.boxOf(this.panel.querySelector(`[data-department="${department}"]`));
    this.box.value = value;
    this.find(this.box);
  }

  boxOf(strip) {
    return strip.querySelector("[data-find-field]");
  }

  // "/" inside a department finds there.
  reach(event) {
    const strip = event.target.closest(".strip");
    if (event.key !== "/" || !strip || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    strip.open = true;
    this.boxOf(strip).focus();
  }

  get found() {
    return [...this.panel.querySelectorAll(".field.is-found")];
  }

  clear() {
    if (!this.before) return;
    this.box.value = "";
    this.none.textContent = "";
    for (const one of [this.panel, ...this.panel.querySelectorAll(".strip")]) one.classList.remove("is-finding");
    for (const field of this.panel.querySelectorAll(".is-found")) field.classList.remove("is-found");
    for (const one of this.panel.querySelectorAll("details")) one.open = this.before.get(nameOf(one)) ?? one.open;
    this.before = null;
  }

  steer(event) {
    const box = event.target;
    const first = this.found[0];
    if (event.key === "Escape" && box.value) this.clear();
    else if (event.key === "Escape") leave(box);
    else if (["Enter", "ArrowDown"].includes(event.key) && this.before && first) this.shot.go(first.dataset.path);
    else return;
    event.preventDefault();
  }
}

function leave(box) {
  const strip = box.closest(".strip");
  if (strip) strip.querySelector("summary").focus();
  else box.blur();
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
