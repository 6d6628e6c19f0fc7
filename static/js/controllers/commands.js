// What can be done here, by name: the keys run some of it, the palette lists all.
import { shoot } from "./takes.js";

/** What keys run. */
export function runs(shot, palette) {
  const anywhere = { palette: () => palette.open(), keys: () => palette.help(), search: () => location.assign("/search") };
  if (!shot) return anywhere;
  const link = (key) => document.querySelector(`[data-key="${key}"]`)?.click();
  return {
    ...anywhere,
    note: () => {
      shot.drawer.show();
      focus(shot.root.querySelector("[data-note-text]"));
    },
    prompt: () => shot.drawer.turn(),
    find: () => focus(shot.root.querySelector("[data-find-field]")),
    fields: () => shot.root.querySelector("[data-fields][aria-pressed=false]").click(),
    department: (event) => department(shot, (Number(event.key) + 9) % 10),
    before: () => link("["),
    after: () => link("]"),
    shoot: () => shoot(shot, document.querySelector("[data-shoot]")),
    library: () => document.querySelector("[data-shelf-open]").click(),
    layers: () => document.querySelector("[data-layers-open]").click(),
    undo: () => shot.undo(),
    redo: () => shot.redo(),
  };
}

/** What the palette lists of a page: each with a label, whose it is, and what it does. */
export function listed(shot, run) {
  const pages = [...document.querySelectorAll(".bar-site a:not([href='/keys'])")].map((link) => ({ label: link.textContent.trim(), of: "Page", run: () => link.click() }));
  const more = [
    { label: "Switch between dark and light", of: "Studio", run: () => document.querySelector("[data-theme-switch]").click() },
    { label: "Keys", of: "Studio", id: "keys", run: run.keys },
  ];
  return [...(shot ? ofShot(shot, run) : []), ...more, ...pages];
}

function ofShot(shot, run) {
  const { root } = shot;
  const commands = [
    { label: "Shoot", id: "shoot", run: run.shoot },
    { label: "Several takes…", run: press("[data-order-open]") },
    { label: "Undo", id: "undo", run: run.undo },
    { label: "Redo", id: "redo", run: run.redo },
    { label: "Write a note", id: "note", run: run.note },
    { label: "Library: put on, or keep a part", id: "library", run: run.library },
    { label: "Find a field", id: "find", run: run.find },
    { label: "Simple view of the fields", id: "fields", run: press("[data-fields=simple]") },
    { label: "Full view of the fields", id: "fields", run: press("[data-fields=full]") },
    { label: "Shot before", id: "before", run: run.before },
    { label: "Next shot", id: "after", run: run.after },
    { label: "History of this shot", run: press("[data-history]") },
    { label: "Duplicate this shot", run: () => document.querySelector("form[action$='/duplicates']").requestSubmit() },
    ...(document.querySelector("[data-drawer]").checkVisibility() ? [{ label: "Prompt: open or close its drawer", id: "prompt", run: run.prompt }] : []),
    { label: "Copy the prompt", run: press("[data-copy=text]") },
    { label: "Copy the prompt as JSON", run: press("[data-copy=json]") },
    { label: "Copy the prompt as a call of the API", run: press("[data-copy=curl]") },
  ].map((one) => ({ of: "Shot", ...one }));
  return [
    ...commands,
    ...buttons(root, "[data-viewer] .viewer-bar button", "Picture"),
    ...buttons(root, "[role=tab]", "Under the picture"),
    ...buttons(root, "[data-wording]", "Prompt"),
    ...buttons(root, "[data-add-entry], [data-add-picture], [data-mask-open]", "Add"),
    ...[...shot.target.options].map((one) => ({ label: one.text, of: "Write for", run: () => write(shot, one.value) })),
    ...[...root.querySelectorAll(".strip")].map((strip, at) => ({ label: strip.querySelector(".strip-name").textContent, of: "Department", run: () => department(shot, at) })),
    ...[...root.querySelectorAll("[data-controls] [data-path]")].map((field) => ({ label: field.querySelector(".field-label").textContent, of: place(field), run: () => shot.go(field.dataset.path) })),
  ];
}

function buttons(root, which, of) {
  return [...root.querySelectorAll(which)].filter((one) => !one.disabled).map((one) => ({ label: (one.getAttribute("aria-label") ?? one.textContent).trim(), of, run: () => one.click() }));
}

function press(which) {
  return () => document.querySelector(which).click();
}

function place(field) {
  const names = [];
  for (let node = field.closest("details"); node; node = node.parentElement.closest("details")) names.unshift(node.querySelector("summary :is(.strip-name, .part-name)")?.textContent);
  return names.filter(Boolean).join(", ");
}

function write(shot, target) {
  shot.target.value = target;
  shot.target.dispatchEvent(new Event("change", { bubbles: true }));
}

function department(shot, at) {
  const strip = shot.root.querySelectorAll(".strip")[at];
  if (!strip) return;
  strip.open = true;
  strip.scrollIntoView({ block: "start" });
  strip.querySelector("summary").focus();
}

function focus(input) {
  input.scrollIntoView({ block: "nearest" });
  input.focus();
  input.select();
}
