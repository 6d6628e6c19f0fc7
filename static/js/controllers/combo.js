// Find a term by typing: a label, an alias, a number, a misspelling. Words that no term says are kept as one's own.
import { fetchJson } from "../lib/server.js";

const ROWS = 80;

export function bindCombos(shot) {
  const panel = shot.root.querySelector("[data-controls]");
  panel.addEventListener("input", (event) => event.target.matches("[data-pick]") && type(shot, event.target));
  panel.addEventListener("focusin", (event) => event.target.matches("[data-pick]") && arrive(event.target));
  panel.addEventListener("focusout", (event) => event.target.matches("[data-pick]") && leave(shot, event.target));
  panel.addEventListener("keydown", (event) => event.target.matches("[data-pick]") && steer(shot, event));
  panel.addEventListener("mousedown", (event) => event.target.closest(".combo-list") && event.preventDefault());
  panel.addEventListener("click", (event) => {
    const option = event.target.closest(".combo-list [role=option]");
    if (option) choose(shot, option.closest("[data-combo]").querySelector("[data-pick]"), option);
    else if (event.target.matches("[data-pick]")) open(event.target, "");
  });
}

function parts(input) {
  const combo = input.closest("[data-combo]");
  return { combo, list: combo.querySelector(".combo-list"), path: input.closest("[data-path]").dataset.path, many: "many" in combo.dataset, closed: "closed" in combo.dataset };
}

function arrive(input) {
  input.dataset.before = input.value;
  input.select();
}

// What is typed is what is kept: a term where the words are its name, else the words themselves.
async function type(shot, input) {
  const { list, path, many, closed } = parts(input);
  const typed = input.value;
  shot.typing = input;
  if (!many && !typed.trim()) shot.set(path, null);
  else if (!many && !closed) shot.set(path, { words: typed });
  input.classList.toggle("is-own", !many && Boolean(typed.trim()) && !closed);
  const found = await open(input, typed);
  if (input.value !== typed || many) return;
  const named = found.find((term) => isCalled(term, typed));
  if (!named) return;
  input.classList.remove("is-own");
  shot.goOn(path);
  shot.set(path, named.id);
  list.querySelector(`[data-id="${CSS.escape(named.id)}"]`)?.setAttribute("aria-selected", "true");
}

function isCalled(term, typed) {
  const wanted = typed.trim().toLowerCase();
  return [term.label, term.id, ...term.aliases].some((name) => name.toLowerCase() === wanted);
}

async function open(input, query) {
  const { combo, list } = parts(input);
  const asked = (combo.asked = (combo.asked ?? 0) + 1);
  let found = [];
  try {
    found = await fetchJson(`/api/terms?facet=${encodeURIComponent(combo.dataset.facet)}&q=${encodeURIComponent(query.trim())}&limit=${query.trim() ? ROWS : 400}`);
  } catch {
    return [];
  }
  if (asked !== combo.asked || document.activeElement !== input) return found;
  list.replaceChildren(...found.map((term, index) => row(list, term, index)));
  if (!found.length) list.append(note(combo));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  mark(input, null);
  return found;
}

function row(list, term, index) {
  const option = document.createElement("li");
  option.id = `${list.id}-${index}`;
  option.setAttribute("role", "option");
  option.dataset.id = term.id;
  option.dataset.label = term.label;
  const label = document.createElement("span");
  label.textContent = term.label;
  const gloss = document.createElement("span");
  gloss.className = "dim";
  gloss.textContent = term.gloss;
  option.append(label, gloss);
  return option;
}

function note(combo) {
  const line = document.createElement("li");
  line.className = "combo-none dim";
  line.setAttribute("role", "option");
  line.setAttribute("aria-disabled", "true");
  line.textContent = "closed" in combo.dataset ? "Nothing has that name." : "Nothing has that name; your words are kept as they are.";
  return line;
}

function mark(input, option) {
  const { list } = parts(input);
  for (const one of list.children) one.classList.toggle("is-active", one === option);
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}

function steer(shot, event) {
  const input = event.target;
  const { list } = parts(input);
  const options = [...list.querySelectorAll("[data-id]")];
  const active = list.querySelector(".is-active");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (list.hidden) open(input, "");
    else if (options.length) mark(input, options[(options.indexOf(active) + step + options.length) % options.length] ?? options[0]);
  } else if (event.key === "Enter") {
    if (!event.ctrlKey && !event.metaKey) enter(shot, input, active, event);
  } else if (event.key === "Escape" && !list.hidden) {
    event.stopPropagation();
    close(input);
  }
}

function enter(shot, input, active, event) {
  const { path, many, closed, list } = parts(input);
  event.preventDefault();
  if (active && !list.hidden) choose(shot, input, active);
  else if (many && !closed && input.value.trim()) add(shot, path, { words: input.value.trim() });
  else close(input);
}

function choose(shot, input, option) {
  if (!option.dataset.id) return;
  const { path, many } = parts(input);
  close(input);
  if (many) add(shot, path, option.dataset.id);
  else {
    input.value = option.dataset.label;
    input.dataset.before = input.value;
    input.classList.remove("is-own");
    shot.goOn(path);
    shot.set(path, option.dataset.id);
    if (path.endsWith(".kind")) shot.redraw(); // each kind has fields of its own
  }
}

function add(shot, path, value) {
  const kept = shot.read(path) ?? [];
  if (kept.some((one) => JSON.stringify(one) === JSON.stringify(value))) return;
  const change = path.split(".").reduceRight((patch, key) => ({ [key]: patch }), [...kept, value]);
  shot.patch(change).then(() => shot.fieldOf(path)?.querySelector("[data-pick]")?.focus());
}

function close(input) {
  const { list } = parts(input);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  mark(input, null);
}

// Where only terms may stand, a half-typed name falls back to what was there.
function leave(shot, input) {
  const { path, closed, many } = parts(input);
  close(input);
  if (closed && !many && input.value && !shot.read(path)) input.value = input.dataset.before ?? "";
}
