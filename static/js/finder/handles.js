// Handles over the frame: people across it, the horizon about its middle. Each is a slider, dragged or stepped by keys.
import { cross, project, unit } from "./lens.js";

const REACH = 0.44; // of the frame's width, from its middle to the horizon's handle
const STEP = 0.01;
const ABOVE = 0.035; // of the frame's height, from the crown to its handle

export class Handles {
  constructor(shot, frame, place) {
    this.shot = shot;
    this.frame = frame;
    this.place = place;
    this.made = new Map();
  }

  // Put every handle where its thing is now. A handle that is held or has the focus is the same node as before.
  follow(state) {
    this.state = state;
    const wanted = new Set(["level", ...state.subjects]);
    for (const [name, node] of this.made) {
      if (wanted.has(name)) continue;
      node.remove();
      this.made.delete(name);
    }
    state.subjects.forEach((name, number) => this.person(name, number));
    this.level();
  }

  handle(name, label, act) {
    if (this.made.has(name)) return this.made.get(name);
    const node = document.createElement("button");
    Object.assign(node, { type: "button", className: "finder-handle" });
    node.setAttribute("role", "slider");
    node.setAttribute("aria-label", label);
    node.addEventListener("pointerdown", (event) => this.grab(node, event, act));
    node.addEventListener("keydown", (event) => act.key(event));
    this.place.append(node);
    this.made.set(name, node);
    return node;
  }

  // Follow the pointer until it is let go; then the controls show what came of it.
  grab(node, event, act) {
    if (event.button !== 0) return;
    event.preventDefault();
    node.focus();
    node.setPointerCapture(event.pointerId);
    node.classList.add("is-held");
    const move = (moved) => {
      const box = this.frame.getBoundingClientRect();
      act.drag((moved.clientX - box.left) / box.width, (moved.clientY - box.top) / box.height);
    };
    const end = () => {
      node.removeEventListener("pointermove", move);
      node.classList.remove("is-held");
      this.shot.redraw();
    };
    node.addEventListener("pointermove", move);
    node.addEventListener("lostpointercapture", end, { once: true });
  }

  person(name, number) {
    const { scene, view } = this.state;
    const who = scene.figures[number];
    const label = `${this.state.focus.subjects[number][0]} across the frame`;
    const node = this.handle(name, label, { drag: (x) => this.place_(name, x), key: (event) => this.step(event, name) });
    const spot = project(view, [who.at[0], who.at[1] + who.height_m, who.at[2]]);
    node.hidden = !spot || spot.x < 0 || spot.x > 1;
    if (node.hidden) return;
    put(node, spot.x, Math.min(0.94, Math.max(0.06, spot.y - ABOVE)));
    told(node, Math.round(spot.x * 100), 0, 100, `${Math.round(spot.x * 100)} % from the left`);
  }

  // A subject without a mark stands by its share of the frame; one with a mark is moved in the set, along the picture.
  place_(name, x) {
    const share = Math.round(Math.min(1, Math.max(0, x)) * 100) / 100;
    const mark = this.shot.read(`subjects.${name}.mark`);
    if (mark?.x_m === undefined && mark?.z_m === undefined) {
      this.shot.set(`subjects.${name}.screen_x`, share);
      return;
    }
    const { scene, view, subjects } = this.state;
    const at = scene.figures[subjects.indexOf(name)].at;
    const seen = project(view, [at[0], view.at[1], at[2]]);
    if (!seen) return;
    const far = (share - seen.x) * 2 * view.tanX * seen.depth;
    const right = unit(cross([view.forward[0], 0, view.forward[2]], [0, 1, 0]));
    const metres = (value) => Math.round(value * 100) / 100;
    this.shot.set(`subjects.${name}.mark.x_m`, metres(at[0] + right[0] * far));
    this.shot.set(`subjects.${name}.mark.z_m`, metres(at[2] + right[2] * far));
  }

  step(event, name) {
    const way = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const now = Number(this.made.get(name).getAttribute("aria-valuenow")) / 100;
    this.place_(name, now + way * STEP * (event.shiftKey ? 10 : 1));
    this.settle();
  }

  level() {
    const { roll, view } = this.state;
    const act = { drag: (x, y) => this.roll(this.leaning(x, y)), key: (event) => this.lean(event) };
    const node = this.handle("level", "Horizon", act);
    node.classList.add("is-level");
    const [x, y] = levelEnds(roll, view).to;
    put(node, x, Math.min(0.96, Math.max(0.04, y)));
    const words = roll ? `the camera leans ${Math.abs(roll)}° ${roll > 0 ? "clockwise" : "counter-clockwise"}` : "level";
    told(node, roll, -180, 180, words);
  }

  leaning(x, y) {
    const aspect = this.state.scene.aspect;
    return Math.round((Math.atan2(-(y - 0.5), (x - 0.5) * aspect) * 180) / Math.PI);
  }

  lean(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (!way && event.key !== "Home") return;
    event.preventDefault();
    this.roll(way ? this.state.roll + way * (event.shiftKey ? 10 : 1) : 0);
    this.settle();
  }

  roll(degrees) {
    this.state.roll = Math.max(-180, Math.min(180, degrees));
    this.shot.set("camera.roll_deg", this.state.roll || null);
  }

  // After keys have rested, the controls show what came of them.
  settle() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.shot.redraw(), 400);
  }
}

// The ends of the line that is level in the picture, in shares of the frame.
export function levelEnds(roll, { tanX, tanY }) {
  const turn = (roll * Math.PI) / 180;
  const aspect = tanX / tanY;
  const reach = Math.min(REACH, Math.abs(Math.sin(turn)) > 1e-6 ? 0.44 / (aspect * Math.abs(Math.sin(turn))) : REACH);
  const [x, y] = [reach * Math.cos(turn), reach * aspect * Math.sin(turn)];
  return { from: [0.5 - x, 0.5 + y], to: [0.5 + x, 0.5 - y] };
}

function put(node, x, y) {
  node.style.left = `${x * 100}%`;
  node.style.top = `${y * 100}%`;
}

function told(node, now, low, high, words) {
  for (const [name, value] of Object.entries({ valuenow: now, valuemin: low, valuemax: high, valuetext: words }))
    node.setAttribute(`aria-${name}`, value);
}
