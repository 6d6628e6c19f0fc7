// Controls write into the document: numbers, picks, lists, free words, pictures; and the marks beside them.
import { at } from "../lib/paths.js";
import { fetchJson, sendFile } from "../lib/server.js";
import { complain } from "./toast.js";

const PX_A_STEP = 4;
const PLAIN = /^[-+−]?(\d+\.?\d*|\.\d+)$/;
const PATIENCE_MS = 500; // half a number is no mistake yet
const SLACK_PX = 3; // a hand that only clicks moves less

export function bindFields(shot) {
  const panel = shot.root.querySelector("[data-controls]");
  panel.addEventListener("input", (event) => take(shot, event.target));
  panel.addEventListener("change", (event) => choose(shot, event.target));
  panel.addEventListener("keydown", (event) => nudge(shot, event));
  panel.addEventListener("focusout", (event) => settle(shot, event.target));
  panel.addEventListener("pointerdown", (event) => grip(shot, event));
  panel.addEventListener("dblclick", (event) => reopen(shot, event.target.closest(".field-label, .unit")));
  panel.addEventListener("click", (event) => press(shot, event.target.closest("button")));
  for (const kind of ["dragover", "dragleave", "drop"]) panel.addEventListener(kind, (event) => drop(shot, event));
}

function take(shot, input) {
  const field = input.closest("[data-path]");
  if (!field || !input.matches("[data-input]")) return;
  const path = field.dataset.path;
  shot.typing = input;
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

// A plain number is taken at once; a fraction, a ratio or a unit is read by the studio.
function takeNumber(shot, field, input) {
  const text = input.value.trim();
  if (text && !PLAIN.test(text)) return ask(shot, field, input, text);
  field.asked = "";
  const value = text ? Number(text.replace("−", "-")) : null;
  const [low, high] = [Number(input.dataset.low), Number(input.dataset.high)];
  const unit = field.querySelector(".unit")?.textContent ?? "";
  const wrong = value !== null && (value < low || value > high) ? `It lies between ${low} and ${high} ${unit}`.trim() + "." : "";
  object(field, input, wrong);
  if (!wrong) shot.set(field.dataset.path, value);
}

async function ask(shot, field, input, text) {
  field.asked = text;
  let said;
  try {
    said = await fetchJson(`/edits/number?${new URLSearchParams({ path: field.dataset.path, text })}`);
  } catch (error) {
    setTimeout(() => field.asked === text && object(field, input, [error.message, error.hint].filter(Boolean).join(" ")), PATIENCE_MS);
    return;
  }
  if (field.asked !== text) return;
  field.asked = "";
  object(field, input, "");
  shot.set(field.dataset.path, said.value);
  if (document.activeElement !== input) settle(shot, input);
}

function object(field, input, wrong) {
  const hint = field.querySelector("[data-hint]");
  if (wrong || hint.classList.contains("is-wrong")) hint.textContent = wrong;
  hint.classList.toggle("is-wrong", Boolean(wrong));
  input.toggleAttribute("aria-invalid", Boolean(wrong));
}

// What is left in a number's field is written plainly, as it is kept; what is no number stays, with what is wrong.
function settle(shot, input) {
  const field = input.closest?.(".is-number");
  if (!field || !input.matches("[data-input]") || field.querySelector(".is-wrong") || field.asked) return;
  const value = shot.read(field.dataset.path);
  input.value = value === undefined || value === null ? "" : plain(value);
}

function plain(value) {
  return String(Math.round(value * 1000) / 1000);
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
  move(shot, input, standing(shot, input), (event.key === "ArrowUp" ? 1 : -1) * factor(event));
}

function factor(event) {
  return event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
}

// Where a number begins to move from: what is said, else what follows from the rest of the shot, else nothing.
function standing(shot, input) {
  const field = input.closest("[data-path]");
  const hinted = Number.parseFloat(field.querySelector("[data-hint]").textContent);
  return shot.read(field.dataset.path) ?? (Number.isFinite(hinted) ? hinted : 0);
}

function move(shot, input, from, steps) {
  const next = from + Number(input.dataset.step) * steps;
  input.value = plain(Math.min(Number(input.dataset.high), Math.max(Number(input.dataset.low), next)));
  takeNumber(shot, input.closest("[data-path]"), input);
}

// A number is scrubbed by dragging its label or its unit; a click there goes into the field as ever.
function grip(shot, event) {
  const handle = event.target.closest?.(".is-number :is(.field-label, .unit)");
  if (!handle || event.button) return;
  const input = handle.closest("[data-path]").querySelector("[data-input]");
  const [from, start] = [standing(shot, input), event.clientX];
  let at = start;
  let gone = 0;
  const drag = (moved) => {
    if (!gone && Math.abs(moved.clientX - start) < SLACK_PX) return;
    if (!gone) shot.lastPath = ""; // a step of its own
    gone += ((moved.clientX - at) / PX_A_STEP) * factor(moved);
    at = moved.clientX;
    document.documentElement.classList.add("is-scrubbing");
    move(shot, input, from, factor(moved) < 1 ? Math.round(gone * 10) / 10 : Math.round(gone));
  };
  const end = (ended) => {
    handle.removeEventListener("pointermove", drag);
    document.documentElement.classList.remove("is-scrubbing");
    if (gone && ended.type === "pointerup") handle.addEventListener("click", (click) => click.preventDefault(), { once: true });
  };
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener("pointermove", drag);
  for (const kind of ["pointerup", "pointercancel"]) handle.addEventListener(kind, end, { once: true });
}

// A double click on a label opens its field again: nothing is said there.
function reopen(shot, label) {
  const field = label?.closest("[data-path]");
  if (field && (shot.read(field.dataset.path) ?? null) !== null) shot.patch(at(field.dataset.path, null));
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
  const name = button.dataset.mark;
  const held = shot.document.marks?.[path] ?? {};
  const alone = Object.keys(held).length === 1;
  shot.patch({ marks: { [path]: !held[name] ? { [name]: true } : alone ? null : { [name]: null } } });
}

/** A name for one more entry of a map that nothing else there has. */
export function nameFor(noun, taken) {
  let name = `${noun}_${taken.length + 1}`;
  while (taken.includes(name)) name += "_";
  return name;
}

async function addEntry(shot, map, noun) {
  const taken = Object.keys(shot.read(map) ?? {});
  const wanted = { lights: ["key", "fill", "rim"], beats: ["main"] }[map]?.find((name) => !taken.includes(name));
  const name = wanted ?? nameFor(noun, taken);
  const entry = taken.length ? { slot: taken.length } : {};
  if (map === "lights" && wanted) entry.role = `light.role.${wanted}`;
  await shot.patch(at(`${map}.${name}`, entry));
  const part = shot.root.querySelector(`[data-part="${map}.${name}"]`);
  if (!part) return;
  part.open = true;
  part.querySelector(".field:not([hidden]) :is(select, input, textarea)")?.focus();
}

// What points at a removed entry goes with it: its beats' actions and the marks on its paths.
export function remove(shot, path) {
  const change = at(path, null);
  const [map, name] = path.split(".");
  if (map === "subjects") {
    for (const [beat, held] of Object.entries(shot.document.beats ?? {}))
      for (const each of ["action", "says", "delivery"]) if (held[each] && name in held[each]) ((change.beats ??= {})[beat] ??= {})[each] = { [name]: null };
  }
  const marks = Object.keys(shot.document.marks ?? {}).filter((one) => one.startsWith(`${path}.`));
  if (marks.length) change.marks = Object.fromEntries(marks.map((one) => [one, null]));
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
  try {
    const said = await (await sendFile("/pictures", file)).json();
    await shot.patch(at(path, said.sha256));
  } catch (error) {
    complain(error);
  }
}
