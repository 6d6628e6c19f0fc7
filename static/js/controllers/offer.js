// While something is typed: what its last words begin, by sort, as the server offers it. Arrow keys walk, Enter takes one.
import { fetchJson } from "../lib/server.js";

const PAUSE_MS = 60;

export class Offer {
  constructor(input, list, url = "/notes/terms") {
    this.url = url;
    this.input = input;
    this.list = list;
    this.asked = 0;
    input.addEventListener("input", () => this.wait());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.steer(event));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const text = this.input.value;
    const asked = this.asked;
    const found = text.trim() ? await fetchJson(`${this.url}?${new URLSearchParams({ text })}`).catch(() => null) : null;
    if (asked !== this.asked || text !== this.input.value || document.activeElement !== this.input) return;
    this.show(found ?? { start: 0, groups: {} });
  }

  show({ start, groups }) {
    this.start = start;
    const names = Object.keys(groups);
    if (!names.length) return this.close();
    this.list.replaceChildren(...names.map((name) => this.group(name, groups[name])));
    this.list.querySelectorAll("[role=option]").forEach((one, at) => (one.id = `${this.list.id}-${at}`));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(null);
  }

  group(name, terms) {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", name);
    const head = document.createElement("div");
    head.className = "offer-head";
    head.setAttribute("aria-hidden", "true");
    head.textContent = name;
    group.append(head, ...terms.map(row));
    return group;
  }

  mark(option) {
    for (const one of this.list.querySelectorAll("[role=option]")) one.setAttribute("aria-selected", one === option);
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  steer(event) {
    if (event.key === "Enter") this.enter(event);
    if (!this.isOpen) return;
    const options = [...this.list.querySelectorAll("[role=option]")];
    const at = options.findIndex((one) => one.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark(options[at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  enter(event) {
    const chosen = this.isOpen && this.list.querySelector("[aria-selected=true]");
    this.close();
    if (!chosen) return;
    event.preventDefault();
    event.stopPropagation();
    this.take(chosen);
  }

  take(option) {
    if (!option) return;
    const { label } = option.dataset;
    this.input.value = `${this.input.value.slice(0, this.start)}${label}${label.endsWith(":") ? "" : " "}`;
    this.close();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1; // what is under way comes too late
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(null);
  }
}

function row({ label, gloss, facet }) {
  const option = document.createElement("div");
  option.setAttribute("role", "option");
  option.dataset.label = label;
  option.title = gloss;
  const name = document.createElement("span");
  name.textContent = label;
  const where = document.createElement("span");
  where.className = "dim";
  where.textContent = facet;
  option.append(name, where);
  return option;
}
