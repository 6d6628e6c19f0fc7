// Controls write into the document: numbers, picks, lists, free words, pictures; and the marks beside them.
import { complain } from "./toast.js";

export function bindFields(shot) {
  const panel = shot.root.querySelector("[data-controls]");
  panel.addEventListener("input", (event) => take(shot, event.target));
  panel.addEventListener("change", (event) => choose(shot, event.target));
  panel.addEventListener("keydown", (event) => nudge(shot, event));
  panel.addEventListener("click", (event) => press(shot, event.target.closest("button")));
  for (const kind of ["dragover", "dragleave", "drop"]) panel.addEventListener(kind, (event) => drop(shot, event));
}

function take(shot, input) {
  const field = input.closest("[data-path]");
  if (!field || !input.matches("[data-input]")) return;
  const path = field.dataset.path;
  if (field.dataset.kind === "number") takeNumber(shot, field, input);
  else if (field.dataset.kind === "words") shot.set(path, pointed(shot, input.value));
  else if (field.dataset.kind === "lines") shot.set(path, input.value.split("\n").filter((line) => line.trim()));
  else if (field.dataset.kind === "text" || field.dataset.kind === "long") shot.set(path, input.value.trim() ? input.value : null);
}

// A name of somebody or something in the shot points there; anything else is words.
function pointed(shot, value) {
  if (!value.trim()) return null;
  return value in (shot.document.subjects ?? {}) || value in (shot.document.lights ?? {}) ? value : { words: value };
}

function takeNumber(shot, field, input) {
  const hint = field.querySelector("[data-hint]");
  const value = number(input.value);
  const [low, high] = [Number(input.dataset.low), Number(input.dataset.high)];
  const unit = field.querySelector(".unit")?.textContent ?? "";
  const wrong =
    value === null ? "" : Number.isNaN(value) ? "Type a number." : value < low || value > high ? `It lies between ${low} and ${high} ${unit}`.trim() + "." : "";
  hint.classList.toggle("is-wrong", Boolean(wrong));
  input.toggleAttribute("aria-invalid", Boolean(wrong));
  if (wrong) hint.textContent = wrong;
  else shot.set(field.dataset.path, value);
}

// Reads 2.39, 2,39, 2.39:1 and 16:9; an empty field is null.
function number(text) {
  const parts = text.trim().replace(",", ".").replace("−", "-").split(":");
  if (!parts[0]) return null;
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  return Number.isFinite(value) ? value : NaN;
}

function choose(shot, input) {
  const field = input.closest("[data-path]");
  if (!field) return;
  const path = field.dataset.path;
  if (input.matches("[data-upload]") && input.files[0]) upload(shot, path, input.files[0]);
  else if (input.matches("[data-drawn]")) shot.patch(at(path, input.value || null));
  else if (input.matches("select[data-input]")) {
    if (field.dataset.kind === "choice" && ["true", "false"].includes(input.value)) shot.set(path, input.value === "true");
    else shot.set(path, input.value || null);
  }
}

// Arrow keys step a number: shift ten steps, alt a tenth.
function nudge(shot, event) {
  const input = event.target;
  if (!input.matches?.(".is-number [data-input]") || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const by = Number(input.dataset.step) * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1) * (event.key === "ArrowUp" ? 1 : -1);
  const hinted = number(input.closest("[data-path]").querySelector("[data-hint]").textContent.split(",")[0]);
  const from = number(input.value) ?? (Number.isFinite(hinted) ? hinted : 0);
  const next = Math.min(Number(input.dataset.high), Math.max(Number(input.dataset.low), from + by));
  input.value = String(Math.round(next * 1000) / 1000);
  takeNumber(shot, input.closest("[data-path]"), input);
}

function press(shot, button) {
  if (!button) return;
  const field = button.closest("[data-path]");
  if (button.matches(".chip-drop")) {
    const value = button.closest("[data-value]").dataset.value;
    const kept = (shot.read(field.dataset.path) ?? []).filter((one) => JSON.stringify(one) !== JSON.stringify(JSON.parse(value)));
    shot.patch(at(field.dataset.path, kept.length ? kept : null));
  } else if (button.dataset.mark) toggle(shot, button, field.dataset.path);
  else if ("clear" in button.dataset) shot.patch(at(field.dataset.path, null));
  else if (button.dataset.addEntry) addEntry(shot, button.dataset.addEntry, button.dataset.noun);
  else if (button.dataset.remove) remove(shot, button.dataset.remove);
}

// A mark is kept beside the values, under the path as one key.
function toggle(shot, button, path) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", on);
  shot.remember("");
  const marks = (shot.document.marks ??= {});
  const mark = (marks[path] ??= {});
  if (on) mark[button.dataset.mark] = true;
  else delete mark[button.dataset.mark];
  if (!Object.keys(mark).length) delete marks[path];
  if (!Object.keys(marks).length) delete shot.document.marks;
  shot.changed();
}

async function addEntry(shot, map, noun) {
  const taken = Object.keys(shot.document[map] ?? {});
  const wanted = { lights: ["key", "fill", "rim"], subjects: [], references: [] }[map].find((name) => !taken.includes(name));
  let name = wanted ?? `${noun}_${taken.length + 1}`;
  while (taken.includes(name)) name += "_";
  const entry = { slot: taken.length };
  if (map === "lights" && wanted) entry.role = `light.role.${wanted}`;
  await shot.patch({ [map]: { [name]: entry } });
  const part = shot.root.querySelector(`[data-part="${map}.${name}"]`);
  part.open = true;
  part.querySelector("select, input, textarea")?.focus();
}

// What points at a removed entry goes with it: its beats' actions and the marks on its paths.
function remove(shot, path) {
  const [map, name] = path.split(".");
  const change = { [map]: { [name]: null } };
  if (map === "subjects") {
    change.beats = {};
    for (const beat of Object.keys(shot.document.beats ?? {})) change.beats[beat] = { action: { [name]: null }, says: { [name]: null } };
  }
  shot.patch(change);
}

function drop(shot, event) {
  const place = event.target.closest?.("[data-drop]");
  if (!place) return;
  event.preventDefault();
  place.classList.toggle("is-over", event.type === "dragover");
  const file = event.type === "drop" && event.dataTransfer.files[0];
  if (file) upload(shot, place.closest("[data-path]").dataset.path, file);
}

async function upload(shot, path, file) {
  const body = new FormData();
  body.append("file", file);
  try {
    const answer = await fetch("/pictures", { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (!answer.ok) throw said;
    await shot.patch(at(path, said.sha256));
  } catch (error) {
    complain(error.message ? error : { message: "The picture could not be sent.", hint: "Is the studio still running?" });
  }
}

function at(path, value) {
  return path.split(".").reduceRight((patch, key) => ({ [key]: patch }), value);
}
