// Puts new HTML in a place and leaves alone what somebody does there: what is open, where the cursor is, what is half typed.
const NAMES = ["department", "part", "path", "code", "at", "keep", "mark", "clear", "fix", "ask", "go", "paths", "reading", "profile", "remove", "addEntry", "value", "pick", "input"];
const SWITCHES = new Set(["reading"]); // what they hold is what the next press does
const REACHED = "input, textarea, select, button, summary, a, [tabindex]";

/** `isTyped` tells which inputs keep their letters: all that differ from what the server wrote, unless it says otherwise. */
export function swap(place, html, isTyped = (one) => one.value !== one.defaultValue) {
  const open = new Map([...place.querySelectorAll("details")].map((one) => [nameOf(one, place), one.open]));
  const typed = [...place.querySelectorAll("input:not([type=checkbox], [type=file]), textarea")].filter(isTyped);
  const letters = typed.map((one) => [placeOf(one, place), one.value]);
  const active = place.contains(document.activeElement) ? document.activeElement : null;
  const cursor = active && { at: placeOf(active, place), from: startOf(active), to: active.selectionEnd, way: wayTo(active, place) };
  place.innerHTML = html;
  for (const one of place.querySelectorAll("details")) one.open = open.get(nameOf(one, place)) ?? one.open;
  for (const [at, value] of letters) {
    const input = find(place, at);
    if (input) input.value = value;
  }
  if (cursor) focus(place, cursor);
}

function focus(place, { at, from, to, way }) {
  const there = find(place, at);
  // What had the cursor is gone: the nearest heading that still stands takes it.
  const next = there ?? way.map((name) => [...place.querySelectorAll("details")].find((one) => nameOf(one, place) === name)).find(Boolean)?.querySelector("summary");
  (next ?? place).focus({ preventScroll: true });
  if (there && from !== null) there.setSelectionRange(from, to);
}

function startOf(element) {
  try {
    return element.selectionStart ?? null;
  } catch {
    return null;
  }
}

function wayTo(element, place) {
  const way = [];
  for (let node = element.closest("details"); node && place.contains(node); node = node.parentElement.closest("details")) way.push(nameOf(node, place));
  return way;
}

/** An element by its own names and those around it, and its number among its equals. */
function placeOf(element, place) {
  const name = nameOf(element, place);
  return { name, nth: alike(place, name).indexOf(element) };
}

function find(place, { name, nth }) {
  return alike(place, name)[nth];
}

function alike(place, name) {
  return [...place.querySelectorAll(REACHED)].filter((one) => nameOf(one, place) === name);
}

function nameOf(element, place) {
  const own = [element.localName, element.getAttribute("name"), element.localName === "button" ? element.value : ""];
  const around = [];
  for (let node = element; node && node !== place; node = node.parentElement) for (const key of NAMES) if (key in node.dataset) around.push(SWITCHES.has(key) ? key : `${key}=${node.dataset[key]}`);
  return [...own, ...around].join(" ");
}
