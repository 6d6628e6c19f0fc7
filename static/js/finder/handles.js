// Handles over the frame: people in it, the horizon about its middle. Each is a slider, dragged or stepped by keys.
import { cross, project, unit } from "./lens.js";

const REACH = 0.44; // of the frame's width, from its middle to the horizon's handle
const STEP = 0.01;
const SLACK = 0.015; // a hand that moves somebody across says nothing of up and down, nor the other way round
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
    const share = ({ clientX, clientY }) => {
      const box = this.frame.getBoundingClientRect();
      return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
    };
    act.hold?.(...share(event));
    const move = (moved) => act.drag(...share(moved));
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
    const label = `${this.state.focus.subjects[number][0]} in the frame`;
    const node = this.handle(name, label, this.movingOf(name));
    const spot = project(view, [who.at[0], who.at[1] + who.height_m, who.at[2]]);
    node.hidden = !spot || spot.x < 0 || spot.x > 1;
    if (node.hidden) return;
    put(node, spot.x, Math.min(0.94, Math.max(0.06, spot.y - ABOVE)));
    const { x, y } = this.standing(name);
    const down = y === null ? "" : `, ${Math.round(y * 100)} % down`;
    told(node, Math.round(x * 100), 0, 100, `${Math.round(x * 100)} % from the left${down}`);
  }

  /** How somebody is moved: as far as the hand goes, from where they stand; and by keys. */
  movingOf(name) {
    const held = {};
    return {
      hold: (x, y) => Object.assign(held, { from: this.standing(name), x, y, across: false, down: false }),
      drag: (x, y) => {
        const gone = { x: x - held.x, y: y - held.y };
        held.across ||= Math.abs(gone.x) > SLACK;
        held.down ||= Math.abs(gone.y) > SLACK;
        this.move(name, held.across ? held.from.x + gone.x : null, held.down && held.from.y !== null ? held.from.y + gone.y : null);
      },
      key: (event) => this.step(event, name),
    };
  }

  // Where somebody stands in the frame. How far down is told of the first subject alone: the floor places the others.
  standing(name) {
    const { scene, view, subjects, held } = this.state;
    const number = subjects.indexOf(name);
    const { at, height_m } = scene.figures[number];
    const y = number === 0 && held ? (project(view, held)?.y ?? null) : null;
    return { x: project(view, [at[0], at[1] + height_m, at[2]])?.x ?? 0.5, y };
  }

  // A subject without a mark stands by its share of the frame; one with a mark is moved in the set, along the picture.
  move(name, x, y) {
    const at = `subjects.${name}`;
    const mark = this.shot.read(`${at}.mark`);
    const marked = mark?.x_m !== undefined || mark?.z_m !== undefined;
    const said = y === null ? {} : { [`${at}.screen_y`]: share(y) };
    if (x !== null) Object.assign(said, marked ? this.along(name, share(x)) : { [`${at}.screen_x`]: share(x) });
    if (Object.keys(said).length) this.shot.setAll(at, said);
  }

  // The mark in the set, in metres, of somebody who stands at a share of the frame.
  along(name, x) {
    const { scene, view, subjects } = this.state;
    const at = scene.figures[subjects.indexOf(name)].at;
    const seen = project(view, [at[0], view.at[1], at[2]]);
    if (!seen) return {};
    const far = (x - seen.x) * 2 * view.tanX * seen.depth;
    const right = unit(cross([view.forward[0], 0, view.forward[2]], [0, 1, 0]));
    const metres = (value) => Math.round(value * 100) / 100;
    return { [`subjects.${name}.mark.x_m`]: metres(at[0] + right[0] * far), [`subjects.${name}.mark.z_m`]: metres(at[2] + right[2] * far) };
  }

  step(event, name) {
    const { x, y } = this.standing(name);
    const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (!across && !down) return;
    event.preventDefault();
    const far = STEP * (event.shiftKey ? 10 : 1);
    this.move(name, across ? x + across * far : null, down && y !== null ? y + down * far : null);
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

// A share of the frame, as it is written.
function share(value) {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
}

function put(node, x, y) {
  node.style.left = `${x * 100}%`;
  node.style.top = `${y * 100}%`;
}

function told(node, now, low, high, words) {
  for (const [name, value] of Object.entries({ valuenow: now, valuemin: low, valuemax: high, valuetext: words }))
    node.setAttribute(`aria-${name}`, value);
}
