// The light plan: lamps, camera and people are moved by hand or by key; cells of the lamp list write the same paths.
import { read, write } from "../lib/paths.js";
import { bindRigging } from "./rigging.js";
import { complain } from "./toast.js";

const STILL_PX = 3;
const SETTLE_MS = 400;
const STEEPEST = 0.34; // of the way on the floor, a lamp's distance cannot be read off the plan: cos 70°
const LEAST_M = 0.1;
const FAR_M = 10000;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function bindPlan(shot) {
  const place = shot.root.querySelector("[data-plan]");
  const hand = { shot, place, held: null, settling: 0 };
  shot.root.addEventListener("printlight:compiled", (event) => show(hand, event.detail.plan));
  place.addEventListener("pointerdown", (event) => take(hand, event));
  place.addEventListener("pointermove", (event) => drag(hand, event));
  for (const kind of ["pointerup", "pointercancel"]) place.addEventListener(kind, (event) => release(hand, event));
  place.addEventListener("keydown", (event) => key(hand, event));
  place.addEventListener("change", (event) => change(hand, event.target));
  place.addEventListener("click", (event) => press(hand, event));
  bindRigging(shot, place);
}

// Pieces are replaced one by one, so that the focus stays where it is and nothing typed is lost.
function show(hand, html) {
  const drawn = document.createElement("template");
  drawn.innerHTML = html;
  const next = drawn.content.querySelector("[data-plan-now]");
  const now = hand.place.querySelector("[data-plan-now]");
  for (const name of ["frame", "reverse"]) now.dataset[name] = next.dataset[name];
  for (const piece of now.querySelectorAll("[data-piece]")) {
    const fresh = next.querySelector(`[data-piece="${piece.dataset.piece}"]`);
    const active = piece.contains(document.activeElement) ? document.activeElement : null;
    const handle = active?.closest("[data-handle]")?.dataset.handle;
    if (active?.matches("[data-cell], [data-stands], [data-open]") && refill(piece, fresh, active)) continue;
    piece.replaceChildren(...fresh.childNodes);
    if (handle) piece.querySelector(`[data-handle="${CSS.escape(handle)}"]`)?.focus({ preventScroll: true });
  }
}

// While somebody is in the lamp list, its other cells take their new values in place.
function refill(piece, fresh, active) {
  const [old, next] = [piece, fresh].map((one) => [...one.querySelectorAll("[data-cell], [data-stands], [data-open]")]);
  if (old.length !== next.length) return false;
  for (const [index, cell] of old.entries()) {
    if (cell.dataset.cell !== next[index].dataset.cell || cell.dataset.open !== next[index].dataset.open) return false;
  }
  for (const [index, cell] of old.entries()) {
    const { value, placeholder } = next[index];
    if (!cell.matches("input")) cell.replaceChildren(...next[index].childNodes);
    const typed = cell === active && cell.matches("input") && ![cell.defaultValue, cell.dataset.written].includes(cell.value);
    if (typed) continue;
    cell.value = value;
    cell.defaultValue = value;
    cell.placeholder = placeholder;
    delete cell.dataset.written;
  }
  return true;
}

function take(hand, event) {
  const thing = event.target.closest("[data-handle]");
  if (!thing || event.button) return;
  event.preventDefault();
  thing.focus({ preventScroll: true });
  hand.place.setPointerCapture(event.pointerId);
  const view = thing.closest("[data-view-name]").dataset.viewName;
  hand.held = { pointer: event.pointerId, key: thing.dataset.handle, view, grip: JSON.parse(thing.dataset.grip), x: event.clientX, y: event.clientY };
  hand.held.from = point(hand, event);
}

// Metres on the sheet under the pointer: the frame is held still as long as something is dragged.
function point(hand, event) {
  const sheet = hand.place.querySelector(`[data-view-name="${hand.held.view}"]`);
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
  const [x, y] = sheet.dataset.origin.split(",").map(Number);
  const metre = Number(sheet.dataset.metre);
  return { across: (at.x - x) / metre, down: (at.y - y) / metre };
}

function drag(hand, event) {
  const { held, shot } = hand;
  if (!held || held.pointer !== event.pointerId) return;
  if (!held.moved) {
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < STILL_PX) return;
    held.moved = true;
    held.before = JSON.stringify(shot.document);
    hand.place.classList.add("is-dragging");
    shot.frame = JSON.parse(hand.place.querySelector("[data-plan-now]").dataset.frame);
    shot.remember("");
  }
  put(shot, MOVES[held.grip.kind](held.grip, held.from, point(hand, event), event));
}

function release(hand, event) {
  const { held, shot } = hand;
  if (!held || held.pointer !== event.pointerId) return;
  hand.held = null;
  hand.place.classList.remove("is-dragging");
  if (!held.moved) return;
  shot.frame = undefined;
  shot.redraw();
}

/** Write some paths; what stands there already is left, and nothing is compiled for it. */
function put(shot, values) {
  const news = Object.entries(values).filter(([path, value]) => path && read(shot.document, path) !== value);
  for (const [path, value] of news) write(shot.document, path, value);
  if (news.length) shot.changed();
}

// How far a move goes, by what is held: an arc round somebody, a place on the floor, a turn, a height.
const MOVES = {
  polar(grip, from, to, event) {
    const [azimuth, far] = grip.now;
    const turned = wrap(azimuth + degrees(to, grip) - degrees(from, grip));
    const values = { [grip.azimuth]: wrap(step(turned, event.altKey ? 1 : 5)) };
    if (grip.distance && !event.shiftKey && grip.flat > STEEPEST) {
      const away = far + (apart(to, grip) - apart(from, grip)) / grip.flat;
      const stepped = between(step(away, event.altKey ? 0.01 : 0.1), LEAST_M, FAR_M);
      if (Math.abs(stepped - far) >= (event.altKey ? 0.01 : 0.1)) values[grip.distance] = stepped;
    }
    return values;
  },
  free(grip, from, to, event) {
    const by = event.altKey ? 0.01 : 0.1;
    return { [grip.x]: step(grip.now[0] + to.across - from.across, by), [grip.z]: step(grip.now[1] + to.down - from.down, by) };
  },
  turn(grip, _from, to, event) {
    return { [grip.azimuth]: wrap(step(degrees(to, grip), event.altKey ? 1 : 5)) };
  },
  rise(grip, from, to, event) {
    const [elevation, far] = grip.now;
    const high = far * Math.sin((elevation * Math.PI) / 180) + from.down - to.down;
    const up = (Math.asin(between(high / far, -1, 1)) * 180) / Math.PI;
    return { [grip.elevation]: between(step(up, event.altKey ? 1 : 5), -90, 90) };
  },
  lift(grip, from, to, event) {
    return { [grip.y]: step(grip.now[0] + from.down - to.down, event.altKey ? 0.01 : 0.1) };
  },
};

// What an arrow key changes: across and up, in steps; Shift takes ten, Alt a fine one.
const STEPS = {
  polar: (grip, now, [across, up], fine, times) => ({
    [grip.azimuth]: across ? wrap(now(grip.azimuth, 0) + across * times * (fine ? 1 : 5)) : undefined,
    [grip.distance]: up && grip.distance ? between(now(grip.distance, 1) + up * times * (fine ? 0.01 : 0.1), LEAST_M, FAR_M) : undefined,
  }),
  free: (grip, now, [across, up], fine, times) => ({
    [grip.x]: across ? now(grip.x, 0) + across * times * (fine ? 0.01 : 0.1) : undefined,
    [grip.z]: up ? now(grip.z, 1) - up * times * (fine ? 0.01 : 0.1) : undefined,
  }),
  turn: (grip, now, [across, up], fine, times) => ({ [grip.azimuth]: wrap(now(grip.azimuth, 0) + (across || up) * times * (fine ? 1 : 5)) }),
  rise: (grip, now, [across, up], fine, times) => ({
    [grip.elevation]: up ? between(now(grip.elevation, 0) + up * times * (fine ? 1 : 5), -90, 90) : undefined,
    [grip.distance]: across && grip.distance ? between(now(grip.distance, 1) + across * times * (fine ? 0.01 : 0.1), LEAST_M, FAR_M) : undefined,
  }),
  lift: (grip, now, [across, up], fine, times) => ({ [grip.y]: now(grip.y, 0) + (up || across) * times * (fine ? 0.01 : 0.1) }),
};

function key(hand, event) {
  const thing = event.target.closest("[data-handle]");
  const cell = event.target.closest("input[data-cell]");
  if (event.key === "Escape" && hand.held?.moved) cancel(hand, event);
  else if (thing && event.key === "Enter") hand.shot.go(thing.dataset.handle.replace(/\.turn$/, ""));
  else if (thing?.dataset.handle.startsWith("lights.") && event.key === "Delete") drop(hand, thing.dataset.handle);
  else if (thing && KEYS[event.key] && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const grip = JSON.parse(thing.dataset.grip);
    const now = (path, index) => read(hand.shot.document, path) ?? grip.now[index];
    const moved = STEPS[grip.kind](grip, now, KEYS[event.key], event.altKey, event.shiftKey ? 10 : 1);
    const values = Object.entries(moved).filter(([path, value]) => path && value !== undefined);
    if (!values.length) return;
    // A free place is one of two numbers: the first step says both.
    if (grip.kind === "free") for (const [index, axis] of ["x", "z"].entries()) if (!(grip[axis] in Object.fromEntries(values))) values.push([grip[axis], now(grip[axis], index)]);
    type(hand, `plan:${thing.dataset.handle}`, Object.fromEntries(values.map(([path, value]) => [path, tidy(value)])));
  } else if (cell && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    const times = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
    const from = number(cell.value || cell.placeholder) || 0;
    settle(hand, cell, from + Number(cell.dataset.step) * times * KEYS[event.key][1]);
  } else if (cell && event.key === "Enter") change(hand, cell);
}

async function drop(hand, key) {
  await hand.shot.patch({ lights: { [key.split(".")[1]]: null } });
  hand.place.querySelector('[data-view-name="plan"] [data-handle="camera"]').focus({ preventScroll: true });
}

function cancel(hand, event) {
  event.preventDefault();
  hand.shot.frame = undefined;
  hand.held = null;
  hand.place.classList.remove("is-dragging");
  hand.shot.undo();
}

// Steps that follow each other are one step of the history, as typing in a field is.
function type(hand, name, values) {
  hand.shot.remember(name);
  put(hand.shot, values);
  clearTimeout(hand.settling);
  hand.settling = setTimeout(() => hand.shot.redraw(), SETTLE_MS);
}

function change(hand, target) {
  if (target.matches("[data-stands]")) hand.shot.patch(JSON.parse(target.selectedOptions[0].dataset.patch));
  else if (target.matches("select[data-cell]")) type(hand, target.dataset.cell, { [target.dataset.cell]: target.value || null });
  else if (target.matches("input[data-cell]")) settle(hand, target, target.value.trim() ? number(target.value) : null);
}

function settle(hand, cell, value) {
  const [low, high] = [Number(cell.dataset.low), Number(cell.dataset.high)];
  const wrong = value === null ? "" : Number.isNaN(value) ? "Type a number." : value < low || value > high ? `It lies between ${low} and ${high}.` : "";
  cell.toggleAttribute("aria-invalid", Boolean(wrong));
  if (wrong) {
    complain({ message: `${cell.ariaLabel}: ${cell.value} is not kept. ${wrong}` });
    return;
  }
  const held = value === null ? null : tidy(value);
  cell.value = held ?? "";
  cell.dataset.written = cell.value;
  if ((read(hand.shot.document, cell.dataset.cell) ?? null) !== held) type(hand, cell.dataset.cell, { [cell.dataset.cell]: held });
}

function press(hand, event) {
  const target = event.target;
  const open = target.closest("[data-open]");
  if (open) hand.shot.go(open.dataset.open);
  else if (target.closest("[data-print-plan]")) printOut(hand.shot, event, target.closest("a").href);
  else if (target.closest("[data-reverse-turn]")) hand.shot.patch(JSON.parse(hand.place.querySelector("[data-plan-now]").dataset.reverse));
}

// What is printed is what was saved: the last edit first.
async function printOut(shot, event, place) {
  if (!shot.unsaved) return;
  event.preventDefault();
  await shot.save();
  if (!shot.unsaved) location.assign(place);
}

function number(text) {
  return Number(text.trim().replace(",", ".").replace("−", "-"));
}

function degrees(at, grip) {
  return (Math.atan2(at.across - grip.x, at.down - grip.z) * 180) / Math.PI - grip.base;
}

function apart(at, grip) {
  return Math.hypot(at.across - grip.x, at.down - grip.z);
}

function wrap(angle) {
  const turned = ((((angle + 180) % 360) + 360) % 360) - 180;
  return tidy(turned === -180 ? 180 : turned);
}

function step(value, by) {
  return tidy(Math.round(value / by) * by);
}

function between(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

function tidy(value) {
  return Math.round(value * 100) / 100;
}
