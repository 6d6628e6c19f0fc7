// The viewfinder: asks the studio for the scene of every edit and draws it live, with guides, focus, handles and time.
import { drawFocus } from "../finder/focus.js";
import { drawGuides, kept, offer } from "../finder/guides.js";
import { Handles, levelEnds } from "../finder/handles.js";
import { look, project } from "../finder/lens.js";
import { load } from "../finder/meshes.js";
import { Playing } from "../finder/playing.js";
import { send } from "../lib/server.js";

const WIDEST = 1280;
const SLOW = "printlight:slow-3d";
const NO_3D = "This browser draws nothing in 3D here, so there is no live view.";
const NO_CARD = "This browser has no graphics card to draw with. Without one the live view is slow.";
const LOST = "The graphics card was taken away, as after sleep. Nothing of the shot is lost.";
const BROKEN = "The live view could not be drawn.";

export function bindFinder(shot) {
  const place = shot.root.querySelector("[data-finder]");
  const finder = new Finder(shot, place);
  const viewer = place.closest("[data-viewer]");
  viewer.addEventListener("printlight:view", (event) => finder.see(event.detail === "live"));
  shot.root.addEventListener("printlight:edited", () => finder.changed());
  finder.see(!place.closest("[data-view-of]").hidden);
}

class Finder {
  constructor(shot, place) {
    this.shot = shot;
    this.place = place;
    this.viewer = place.closest("[data-viewer]");
    for (const name of ["frame", "picture", "guides", "handles", "said", "time", "focus", "band", "words", "tools"])
      this[name] = place.querySelector(`[data-finder-${name}]`);
    this.frame.style.setProperty("--aspect", this.frame.dataset.aspect);
    this.shown = kept();
    this.meshes = new Map();
    this.handle = new Handles(shot, this.frame, this.handles);
    this.playing = new Playing(this.time, shot, (moment) => this.moment(moment));
    offer(this.tools, this.shown, () => this.over());
    new ResizeObserver(() => this.fit()).observe(this.frame);
    document.addEventListener("visibilitychange", () => this.drawn?.hold(!this.seen || document.hidden));
    this.bindDrag();
  }

  // The live view came to the front, or went.
  see(seen) {
    this.seen = seen;
    this.drawn?.hold(!seen);
    if (!seen) this.playing.pause();
    else if (this.stale !== false) this.changed();
  }

  changed() {
    this.stale = true;
    this.editedAt ??= performance.now();
    if (this.seen && this.place.dataset.state !== "absent") this.follow();
  }

  // One request is under way at a time; the newest edit is always the last drawn.
  async follow() {
    if (this.asking) return;
    this.asking = true;
    const opened = this.open();
    try {
      while (this.stale && this.seen && this.place.dataset.state !== "absent") {
        this.stale = false;
        const since = this.editedAt;
        this.editedAt = null;
        const answer = await this.scene();
        if (answer && (await opened)) this.take(answer, since);
      }
    } finally {
      this.asking = false;
    }
  }

  // The scene of the edit. Of an edit that cannot be drawn, the prompt's own request says what is wrong.
  async scene() {
    try {
      return await (await send("POST", "/edits/scene", this.shot.edit)).json();
    } catch (error) {
      if (error.status >= 500) this.say([error.message, error.hint].filter(Boolean).join(" "), "Try again");
      return null;
    }
  }

  // The renderer is loaded when the live view is first looked at.
  open() {
    this.opening ??= this.start().catch(() => {
      this.say(BROKEN);
      return false;
    });
    return this.opening;
  }

  async start() {
    const found = card();
    if (!found) this.say(NO_3D);
    else if (found === "none" && localStorage.getItem(SLOW) !== "yes") this.say(NO_CARD, "Draw slowly");
    const context = this.said.hidden && this.picture.getContext("webgl2", { antialias: false, powerPreference: "high-performance" });
    if (!context) return false;
    const [{ Picture }, print] = await Promise.all([import("../finder/picture.js"), display()]);
    this.picture.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.drawn?.dispose();
      this.drawn = null;
      this.say(LOST, "Draw again");
    });
    this.drawn = new Picture(this.picture, context, print);
    this.drawn.told = (samples, done) => this.progress(samples, done);
    return true;
  }

  progress(samples, done) {
    this.place.dataset.samples = samples;
    this.place.dataset.state = done && !this.loading ? "finished" : "drawing";
    if (samples !== 1 || !this.since) return;
    const detail = { staged: this.stagedAt - this.since, drawn: performance.now() - this.since }; // milliseconds since the edit
    this.shot.root.dispatchEvent(new CustomEvent("printlight:drawn", { detail }));
    this.since = 0;
  }

  // What to do where nothing can be drawn: the other views of the frame, and another try after a loss.
  say(message, again = "") {
    this.place.dataset.state = "absent";
    const text = document.createElement("p");
    text.textContent = message;
    const buttons = [...this.viewer.querySelectorAll("[data-view]")]
      .filter((one) => one.dataset.view !== "live")
      .map((one) => offered(`See the ${one.dataset.view}`, () => one.click()));
    if (again) buttons.unshift(offered(again, () => this.restart()));
    this.said.replaceChildren(text, ...buttons);
    this.said.hidden = false;
    for (const part of [this.handles, this.guides, this.tools]) part.toggleAttribute("hidden", true);
  }

  // Whoever asks for another try has seen that it may be slow.
  restart() {
    localStorage.setItem(SLOW, "yes");
    this.drawn?.dispose();
    this.drawn = null;
    const fresh = this.picture.cloneNode();
    this.picture.replaceWith(fresh);
    this.picture = fresh;
    this.bindDrag();
    this.said.hidden = true;
    for (const part of [this.handles, this.guides]) part.removeAttribute("hidden");
    this.place.dataset.state = "waiting";
    this.opening = null;
    this.around = "";
    this.people = "";
    this.changed();
  }

  take(answer, since) {
    if (!this.drawn) return;
    this.answer = answer;
    this.since = since;
    this.frame.style.setProperty("--aspect", answer.scene.aspect);
    this.picture.setAttribute("aria-label", answer.spoken);
    this.focus.hidden = this.tools.hidden = false;
    this.tools.querySelector('[data-guide="protect"]').hidden = !answer.protect;
    this.fit();
    this.cast(answer);
    this.stand(answer.scene);
    this.draw(answer.scene, answer.live);
    this.stagedAt = performance.now();
    this.sharp(answer.focus);
    this.playing.changed(answer.length_s);
  }

  moment({ camera, focus, live }) {
    if (!this.drawn || !this.answer) return;
    this.draw({ ...this.answer.scene, camera }, live ?? this.answer.live);
    this.sharp(focus);
  }

  sharp(focus) {
    this.inFocus = focus;
    drawFocus(this.band, this.words, focus);
  }

  draw(scene, live) {
    this.now = scene;
    this.place.dataset.state = "drawing";
    this.place.dataset.pictures = Number(this.place.dataset.pictures ?? 0) + 1;
    this.drawn.light(scene, live);
    this.over();
  }

  fit() {
    const aspect = this.answer?.scene.aspect ?? Number(this.frame.dataset.aspect);
    const width = Math.min(WIDEST, this.frame.clientWidth * Math.min(devicePixelRatio, 2));
    if (this.drawn && width && (this.drawn.width !== Math.round(width) || this.drawn.aspect !== aspect)) {
      this.drawn.resize(width, aspect);
      this.drawn.again();
    }
    if (this.inFocus) {
      this.over();
      this.sharp(this.inFocus);
    }
  }

  // Guides and handles over the frame.
  over() {
    if (!this.now) return;
    const view = look(this.now.camera, this.now.aspect);
    const roll = Math.round(this.now.camera.roll_deg * 10) / 10;
    const hero = this.now.figures[0];
    const crown = hero ? project(view, [hero.at[0], hero.at[1] + hero.height_m, hero.at[2]]) : null;
    const state = { crown: crown?.y ?? null, protect: this.answer.protect, level: levelEnds(roll, view) };
    drawGuides(this.guides, this.shown, this.frame.clientWidth, this.frame.clientHeight, state);
    this.handles.hidden = this.playing.moment > 0; // a shot is set up where it begins
    this.handle.follow({ ...this.answer, scene: this.now, view, roll });
  }

  async cast({ scene, figures }) {
    const people = JSON.stringify([figures, scene.figures.map((who) => [who.at, who.facing_deg])]);
    if (people === this.people) return;
    this.people = people;
    const wanted = figures.map((address) => {
      if (!this.meshes.has(address)) this.meshes.set(address, load(address));
      return this.meshes.get(address);
    });
    this.waits(Promise.allSettled(wanted));
    try {
      const pieces = await Promise.all(wanted);
      if (people !== this.people || !this.drawn) return;
      this.drawn.cast(figures.map((address, number) => ({ address, pieces: pieces[number], ...scene.figures[number] })));
    } catch {
      for (const address of figures) this.meshes.delete(address);
      this.people = "";
    }
    for (const address of this.meshes.keys()) if (this.meshes.size > 12 && !figures.includes(address)) this.meshes.delete(address);
  }

  // What stands around depends on where camera, people and lamps are, and not on colour or focus.
  async stand(scene) {
    const { at, target, focal_mm, white_balance_k, shutter_s } = scene.camera;
    const lamps = scene.lamps.map((lamp) => [lamp.at, lamp.target, lamp.size_m, lamp.visible]);
    const key = JSON.stringify([at, target, focal_mm, white_balance_k, shutter_s, scene.aspect, scene.room, scene.figures, scene.flags, lamps]);
    if (key === this.around) return;
    this.around = key;
    if (this.standing) return;
    this.standing = true;
    try {
      let built = "";
      while (built !== this.around && this.drawn) {
        built = this.around;
        const coming = load(posted(this.answer.scene));
        this.waits(coming);
        const pieces = await coming;
        this.drawn?.stand(pieces, this.drawn.set);
      }
    } catch {
      this.around = "";
    }
    this.standing = false;
  }

  // The picture is not finished while a mesh is on its way.
  waits(promise) {
    this.loading = (this.loading ?? 0) + 1;
    promise.catch(() => {}).finally(() => {
      this.loading--;
      this.drawn?.again();
    });
  }

  // A drag on somebody in the picture is a drag of that handle.
  bindDrag() {
    this.picture.addEventListener("pointerdown", (event) => {
      const name = this.under(event);
      if (!name || event.button !== 0) return;
      this.handle.grab(this.handle.made.get(name), event, this.handle.movingOf(name));
    });
    this.picture.addEventListener("pointermove", (event) => this.picture.classList.toggle("is-grab", Boolean(this.under(event))));
  }

  // Whose body is under the pointer: the nearest one whose upright box holds it.
  under(event) {
    if (!this.now || this.handles.hidden) return "";
    const box = this.frame.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const view = look(this.now.camera, this.now.aspect);
    const hits = this.answer.subjects.map((name, number) => {
      const who = this.now.figures[number];
      const top = project(view, [who.at[0], who.at[1] + who.height_m, who.at[2]]);
      if (!top || y < top.y) return null;
      const half = (who.height_m * (who.kind === "person" ? 0.14 : 0.5)) / (2 * view.tanX * top.depth);
      return Math.abs(x - top.x) < half ? { name, depth: top.depth } : null;
    });
    const hit = hits.filter(Boolean).sort((one, other) => one.depth - other.depth)[0];
    return hit?.name ?? "";
  }
}

// What draws in 3D: a card, "none" for a program in its stead, or nothing. Firefox and Safari name no program: they have a card.
function card() {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return "";
  const named = context.getExtension("WEBGL_debug_renderer_info");
  const name = context.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name) ? "none" : "card";
}

function offered(label, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button is-small", textContent: label });
  button.addEventListener("click", act);
  return button;
}

function posted(scene) {
  return new Request("/finder/set", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(scene) });
}

// How light becomes colour: a cube of colours, its edge in points and its ends in stops.
async function display() {
  const file = await (await fetch("/finder/display")).arrayBuffer();
  const head = new DataView(file);
  return { points: head.getUint8(0), stops: [head.getInt8(1), head.getInt8(2)], colours: new Uint8Array(file, 4) };
}
