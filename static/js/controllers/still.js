// The still: asked for again whenever what would be drawn has changed, and shown as it gets better.
import { send } from "../lib/server.js";

const AFTER_MS = 150;
const RETRY_MS = 3000;

export function bindStill(shot) {
  const place = shot.root.querySelector("[data-still]");
  const still = new Still(shot, place);
  const viewer = shot.root.querySelector("[data-viewer]");
  viewer.addEventListener("printlight:view", (event) => (event.detail === "still" ? still.open() : still.close()));
  shot.root.addEventListener("printlight:compiled", () => still.moved());
  document.addEventListener("visibilitychange", () => (document.hidden ? still.rest() : still.moved()));
}

class Still {
  constructor(shot, place) {
    this.shot = shot;
    this.place = place;
    this.picture = this.part("picture");
    this.line = this.part("line");
    this.again = this.part("again");
    this.edge = this.part("frame");
    this.showing = "picture";
    place.addEventListener("click", (event) => this.press(event.target));
  }

  part(name) {
    return this.place.querySelector(`[data-still-${name}]`);
  }

  open() {
    this.opened = true;
    this.moved();
  }

  close() {
    this.opened = false;
    this.rest();
  }

  /** Stop asking; what was drawn stays. An unfinished still goes on when it is next looked at. */
  rest() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    if (!this.last?.done) this.drawn = "";
  }

  /** Draw again when the scene is another than the one that is drawn or being drawn. */
  moved() {
    if (!this.opened || document.hidden) return;
    const scene = JSON.stringify(this.shot.scene);
    if (scene === this.drawn) return;
    this.drawn = scene;
    this.asking?.abort();
    this.asking = null;
    this.edge.style.aspectRatio = this.shot.scene.aspect;
    this.picture.classList.add("is-late");
    this.say("Drawing …");
    this.start(AFTER_MS);
  }

  start(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), after);
  }

  async draw() {
    const asking = new AbortController();
    this.ended = false;
    this.asking = asking;
    try {
      const answer = await send("POST", "/edits/still", this.shot.edit, { signal: asking.signal });
      for await (const frame of events(answer.body)) {
        if (this.asking !== asking) return;
        this.take(frame);
      }
      if (this.asking === asking && !this.ended) throw { status: 0, message: "The studio does not answer." };
    } catch (error) {
      if (this.asking !== asking) return;
      this.say([error.message, error.hint].filter(Boolean).join(" "), true);
      if (error.status !== 422) this.start(RETRY_MS);
    }
  }

  take(frame) {
    this.ended = Boolean(frame.done || frame.error || frame.superseded);
    if (frame.error) this.say([frame.error, frame.hint].filter(Boolean).join(" "), true);
    else if (frame.superseded) this.say("Another window draws its still.", false, true);
    else this.show(frame);
  }

  show(frame) {
    this.last = frame;
    const words = `${frame.samples} samples, ${Math.max(frame.width, frame.height)} px`;
    this.say(frame.done ? `Finished, ${words}` : `Draft, ${words}`);
    this.part("told").textContent = frame.done ? "The still is finished." : "";
    this.picture.hidden = false;
    this.picture.classList.remove("is-late");
    this.fill(frame);
  }

  /** Put the pictures and the words of a frame where they are looked at. */
  fill(frame) {
    const shown = this.showing === "false" ? "False colour of the shot. " : "The shot as the previz renders it. ";
    this.picture.src = frame.pictures[this.showing];
    this.picture.alt = shown + frame.said.false;
    for (const trace of this.place.querySelectorAll("[data-still-trace]")) {
      trace.src = frame.pictures[trace.dataset.stillTrace];
      trace.alt = frame.said[trace.dataset.stillTrace];
    }
    for (const said of this.place.querySelectorAll("[data-still-said]")) said.textContent = frame.said[said.dataset.stillSaid];
    for (const axis of this.place.querySelectorAll("[data-still-axis]")) {
      const screen = axis.dataset.stillAxis === "screen";
      axis.replaceChildren(...frame.ticks.map(([stops, reads]) => item("li", "", screen ? reads : signed(stops))));
    }
    this.part("legend").replaceChildren(...frame.zones.map(zone));
  }

  press(target) {
    const show = target.closest("[data-still-show]");
    const wave = target.closest("[data-still-wave]");
    if (show) this.showing = show.dataset.stillShow;
    if (wave) wave.setAttribute("aria-pressed", wave.getAttribute("aria-pressed") !== "true");
    if (target.closest("[data-still-again]")) {
      this.drawn = "";
      this.moved();
    }
    for (const button of this.place.querySelectorAll("[data-still-show]")) {
      button.setAttribute("aria-pressed", button.dataset.stillShow === this.showing);
    }
    const waves = this.part("wave").getAttribute("aria-pressed") === "true";
    this.part("zones").hidden = this.showing !== "false";
    this.part("waves").hidden = !waves;
    this.part("note").hidden = !waves && this.showing !== "false";
    if (this.last) this.fill(this.last);
  }

  say(words, problem = false, again = false) {
    this.line.textContent = words;
    this.line.classList.toggle("is-problem", problem);
    this.again.hidden = !again;
    if (problem || again) this.part("told").textContent = words;
  }
}

// The server-sent events of an answer; an EventSource cannot post.
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const whole = (rest + read.value).split("\n");
    rest = whole.pop();
    for (const line of whole) if (line.startsWith("data:")) yield JSON.parse(line.slice(5));
  }
}

function zone({ name, stops: [low, high], screen, share, paint }) {
  const stops = low === null ? `under ${signed(high)}` : high === null ? `over ${signed(low)}` : `${signed(low)} to ${signed(high)}`;
  const one = item("li", "still-zone", "");
  one.style.borderColor = paint;
  const reads = low === null ? `to ${screen[1]}` : high === null ? `from ${screen[0]}` : `${screen[0]} to ${screen[1]}`;
  const level = item("span", "dim", stops);
  level.append(item("span", "sr", " stops"));
  one.append(item("b", "", name), level, item("span", "dim", `screen ${reads}`), item("span", "", percent(share)));
  return one;
}

function item(kind, style, text) {
  const made = document.createElement(kind);
  if (style) made.className = style;
  made.textContent = text;
  return made;
}

function signed(stops) {
  return stops > 0 ? `+${stops}` : String(stops).replace("-", "−");
}

function percent(share) {
  return share > 0 && share < 0.01 ? "under 1 %" : `${Math.round(share * 100)} %`;
}
