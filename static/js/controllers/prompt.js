// The prompt and the controls point at each other.
import { flash } from "../lib/flash.js";
import { send } from "../lib/server.js";
import { complain } from "./toast.js";

export function bindPrompt(shot) {
  const pane = shot.root.querySelector("[data-pane]");
  for (const kind of ["mouseover", "focusin"]) pane.addEventListener(kind, (event) => point(shot, event.target.closest("[data-paths]")));
  for (const kind of ["mouseleave", "focusout"]) pane.addEventListener(kind, () => point(shot, null));
  pane.addEventListener("click", (event) => press(shot, event.target));
  pane.addEventListener("keydown", (event) => walk(shot, event));
  pane.addEventListener("submit", (event) => silence(shot, event));
  pane.addEventListener("change", (event) => choose(shot, event.target));
  bindSwitch(shot);
  // An address that asked for a model has said its piece once somebody chooses another.
  shot.target.addEventListener("change", () => history.replaceState(null, "", location.pathname));
  const panel = shot.root.querySelector("[data-controls]");
  for (const kind of ["mouseover", "focusin"]) panel.addEventListener(kind, (event) => mark(shot, event.target.closest("[data-path]")));
  for (const kind of ["mouseleave", "focusout"]) panel.addEventListener(kind, () => mark(shot, null));
  for (const tab of shot.root.querySelectorAll("[data-wording]")) tab.addEventListener("click", () => word(shot, tab));
  const menu = shot.root.querySelector("[data-copy-menu]");
  for (const button of shot.root.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(shot, button.dataset.copy, menu));
  menu.addEventListener("keydown", (event) => event.key === "Escape" && shut(menu));
  menu.addEventListener("focusout", (event) => (menu.open &&= menu.contains(event.relatedTarget)));
}

// Another model: what it costs stands under the switch until the next edit.
function bindSwitch(shot) {
  const line = shot.root.querySelector("[data-switched]");
  let before = null;
  shot.target.addEventListener("change", () => (before ??= standing(shot)));
  shot.root.addEventListener("printlight:compiled", () => {
    const now = standing(shot);
    if (now.for !== shot.target.value) return; // an answer for the model before
    const told = before && before.for !== now.for;
    line.textContent = told ? `${before.called} → ${now.called}: ${step(before.losses, now.losses, "loss", "es")}, ${step(before.words, now.words, "word", "s")}.` : "";
    before = null;
  });
}

function standing(shot) {
  return { ...shot.root.querySelector("[data-pane] [data-prompt]").dataset };
}

function step(before, now, one, more) {
  return `${before === now ? "still " : `${before} → `}${now} ${one}${now === "1" ? "" : more}`;
}

// After a new prompt: what the cursor stands in stays lit.
export function light(shot) {
  const field = document.activeElement?.closest?.("[data-path]");
  if (field) mark(shot, field);
}

function point(shot, piece) {
  const paths = piece?.dataset.paths.split(" ") ?? [];
  for (const field of shot.root.querySelectorAll("[data-path]")) field.classList.toggle("is-lit", paths.includes(field.dataset.path));
  for (const strip of shot.root.querySelectorAll("details[data-department]")) strip.classList.toggle("is-lit", false);
}

function mark(shot, field) {
  const path = field?.dataset.path;
  for (const piece of shot.root.querySelectorAll("[data-paths]")) piece.classList.toggle("is-lit", Boolean(path) && holds(piece, path));
}

function holds(piece, path) {
  return piece.dataset.paths.split(" ").some((one) => one === path || one.startsWith(`${path}.`));
}

function press(shot, target) {
  const fix = target.closest("[data-fix]");
  const ask = target.closest("[data-ask]");
  const go = target.closest("[data-go]");
  const piece = target.closest("[data-paths]");
  if (fix) shot.patch(JSON.parse(fix.dataset.fix));
  else if (ask) askAgain(shot, JSON.parse(ask.dataset.ask));
  else if (go?.dataset.go) shot.go(go.dataset.go);
  else if (piece && !getSelection().toString()) shot.go(piece.dataset.paths.split(" ")[0]);
}

function choose(shot, input) {
  if (input.matches("[data-profile]")) shot.check({ ...shot.checks, profile: input.value });
  else if (input.matches("[data-reading]")) shot.patch(JSON.parse(input.dataset.reading));
}

// A check is silenced with a reason: beside the value in this shot, or in the whole film.
function silence(shot, event) {
  event.preventDefault();
  const note = event.target.closest("[data-code]");
  const { code, at } = note.dataset;
  const reason = event.target.elements.reason.value.trim();
  if (!reason) return;
  if (event.submitter?.value === "film") shot.check({ ...shot.checks, silence: { ...shot.checks.silence, [code]: reason } });
  else shot.patch({ marks: { [at]: { silence: { [code]: reason } } } });
}

function askAgain(shot, { code, path }) {
  if (path) {
    const mark = shot.document.marks?.[path] ?? {};
    const last = Object.keys(mark).length === 1 && Object.keys(mark.silence ?? {}).length === 1;
    shot.patch({ marks: { [path]: last ? null : { silence: { [code]: null } } } });
  } else {
    const { [code]: _, ...kept } = shot.checks.silence;
    shot.check({ ...shot.checks, silence: kept });
  }
}

// Arrow keys walk the pieces; Enter opens the control.
function walk(shot, event) {
  const piece = event.target.closest("[data-paths]");
  if (!piece) return;
  const pieces = [...shot.root.querySelectorAll("[data-pane] [data-paths]")];
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    pieces[(pieces.indexOf(piece) + step + pieces.length) % pieces.length].focus();
  } else if (event.key === "Enter") {
    event.preventDefault();
    shot.go(piece.dataset.paths.split(" ")[0]);
  }
}

function word(shot, tab) {
  shot.wording = tab.dataset.wording;
  for (const one of shot.root.querySelectorAll("[data-wording]")) one.setAttribute("aria-pressed", one === tab);
  shot.compile();
}

async function copy(shot, as, menu) {
  const first = shot.root.querySelector("[data-copy]");
  try {
    await navigator.clipboard.writeText(await written[as](shot));
  } catch (error) {
    return complain(error.status === undefined ? { message: "The browser did not let go of the text.", hint: "Mark it in the prompt and copy it by hand." } : error);
  }
  shut(menu);
  flash(first, "Copied");
}

const written = {
  text: (shot) => shot.root.querySelector("[data-prompt]").textContent,
  json: async (shot) => JSON.stringify(await (await send("POST", "/api/compile", asked(shot))).json(), null, 2),
  curl: (shot) => `curl -s ${location.origin}/api/compile -H 'Content-Type: application/json' -d '${JSON.stringify(asked(shot)).replaceAll("'", "'\\''")}'`,
};

function asked(shot) {
  const { shot: document, target, wording, checks } = shot.edit;
  return { shot: document, target, wording, checks };
}

function shut(menu) {
  if (!menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}
