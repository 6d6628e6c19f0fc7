// A film on one line of time: what stands at a moment is drawn from the line alone, playing or not.
import { send } from "../lib/server.js";
import { bindFrames } from "./frames.js";
import { complain } from "./toast.js";

const PX_PER_S = 44;
const NARROWEST = 44;
const BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
const THUMB = 16; // pixels of a slider's thumb: its middle goes from one end of the track to the other
const NEAR = 2; // pictures of so many shots on either side of the playhead are loaded

export function openTimeline(root) {
  const line = new Line(root);
  line.bind();
  line.lay();
  line.seek(0);
}

class Line {
  constructor(root) {
    this.root = root;
    this.spans = JSON.parse(root.querySelector("[data-line]").textContent);
    this.rate = Number(root.dataset.rate);
    this.at = 0;
    this.pictures = root.querySelector("[data-pictures]");
    this.head = root.querySelector("[data-head]");
    this.hand = root.querySelector("[data-hand]");
    this.sheet = root.querySelector("[data-sheet]");
    this.burn = root.querySelector("[data-burn]");
    this.shown = new Map();
    root.querySelector("[data-stage]").style.setProperty("--ratio", root.querySelector("[data-stage]").dataset.ratio);
  }

  get total() {
    const last = this.spans.at(-1);
    return last.start_s + last.seconds;
  }

  bind() {
    const on = (name, run) => this.root.querySelector(`[data-${name}]`).addEventListener("click", run);
    on("play", () => this.playing ? this.stop() : this.play());
    on("back", () => this.step(-1));
    on("next", () => this.step(1));
    on("numbers", () => this.number());
    this.head.addEventListener("input", () => this.seek(this.timeAt(Number(this.head.value))));
    for (const one of this.root.querySelectorAll("[data-one]")) {
      one.querySelector("[data-go]").addEventListener("click", () => this.seek(this.of(one).start_s));
      this.trimmed(one);
    }
    this.sheet.addEventListener("submit", (event) => event.preventDefault());
    this.sheet.addEventListener("change", () => this.keep());
    document.addEventListener("keydown", (event) => this.key(event));
    for (const thumb of this.root.querySelectorAll(".cut-thumb")) {
      const { picture, moves } = this.of(thumb.closest("[data-one]"));
      if (!picture || moves) continue;
      thumb.removeAttribute("data-frame");
      thumb.src = `${picture}/thumbnail`;
    }
    this.watch = bindFrames(this.root);
  }

  of(one) {
    return this.spans.find((span) => span.id === one.dataset.one);
  }

  key(event) {
    if (event.target.closest("input:not([type=range]), select, textarea, dialog, [role=dialog]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      " ": () => (this.playing ? this.stop() : this.play()),
      ArrowLeft: () => this.seek(this.at - (event.shiftKey ? 1 : 1 / this.rate)),
      ArrowRight: () => this.seek(this.at + (event.shiftKey ? 1 : 1 / this.rate)),
      ArrowUp: () => this.step(-1),
      ArrowDown: () => this.step(1),
      Home: () => this.seek(0),
      End: () => this.seek(this.total - 1 / this.rate),
      n: () => this.number(),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  /** Blocks as wide as they are long; one too short to be hit is wider. */
  lay() {
    for (const one of this.root.querySelectorAll("[data-one]")) {
      const span = this.of(one);
      one.style.width = `${this.width(span)}px`;
      one.querySelector("[data-length]").textContent = span.said ? `${count(span.seconds)} s` : `${count(span.seconds)} s, not said`;
      const join = one.querySelector("[data-join]");
      join.hidden = !span.out || span.out.label === "Cut";
      join.textContent = span.out?.label ?? "";
    }
    const wide = this.spans.reduce((sum, span) => sum + this.width(span), 0);
    this.root.querySelector("[data-track]").style.width = `${wide}px`;
    this.head.style.width = `${wide + THUMB}px`;
    this.head.max = wide;
    this.root.querySelector("[data-total]").textContent = timecode(this.total, this.rate);
  }

  width(span) {
    return Math.max(NARROWEST, span.seconds * PX_PER_S);
  }

  /** The moment under a place of the track, and the other way round. */
  timeAt(x) {
    let left = x;
    for (const span of this.spans) {
      const wide = this.width(span);
      if (left <= wide) return span.start_s + (left / wide) * span.seconds;
      left -= wide;
    }
    return this.total;
  }

  placeOf(time) {
    let x = 0;
    for (const span of this.spans) {
      if (time < span.start_s + span.seconds) return x + ((time - span.start_s) / span.seconds) * this.width(span);
      x += this.width(span);
    }
    return x;
  }

  index() {
    const found = this.spans.findIndex((span) => this.at < span.start_s + span.seconds);
    return found < 0 ? this.spans.length - 1 : found;
  }

  step(by) {
    const now = this.index();
    const again = by < 0 && this.at > this.spans[now].start_s + 0.2;
    this.seek(this.spans[Math.min(Math.max(now + (again ? 0 : by), 0), this.spans.length - 1)].start_s);
  }

  play() {
    if (this.at >= this.total - 1 / this.rate) this.at = 0;
    this.playing = true;
    let before = performance.now();
    const turn = (now) => {
      if (!this.playing) return;
      this.at += (now - before) / 1000;
      before = now;
      if (this.at >= this.total) {
        this.at = this.total - 1 / this.rate;
        this.stop();
      } else requestAnimationFrame(turn);
      this.draw();
    };
    this.said();
    requestAnimationFrame(turn);
  }

  stop() {
    this.playing = false;
    this.said();
    for (const picture of this.shown.values()) picture.pause?.();
  }

  said() {
    const button = this.root.querySelector("[data-play]");
    button.textContent = this.playing ? "Stop" : "Play";
    button.setAttribute("aria-pressed", this.playing);
  }

  seek(time) {
    this.at = Math.min(Math.max(time, 0), Math.max(this.total - 1 / this.rate, 0));
    this.draw();
  }

  number() {
    this.burn.hidden = !this.burn.hidden;
    this.root.querySelector("[data-numbers]").setAttribute("aria-pressed", !this.burn.hidden);
    this.draw();
  }

  /** Draw the moment: the shot that stands there, and what a transition puts over it. */
  draw() {
    const now = this.index();
    const span = this.spans[now];
    const over = layers(this.spans, now, this.at);
    this.load(now);
    for (const [id, picture] of this.shown) {
      const layer = over.find((one) => one.id === id);
      picture.style.opacity = layer?.opacity ?? 0;
      picture.style.clipPath = layer?.wiped === undefined ? "" : `inset(0 ${100 * (1 - layer.wiped)}% 0 0)`;
      picture.style.zIndex = layer?.top ? 1 : 0;
      if (picture instanceof HTMLVideoElement) this.run(picture, this.spans.find((one) => one.id === id), Boolean(layer));
    }
    this.colour(over.find((one) => one.colour));
    const place = this.placeOf(this.at);
    this.head.value = place;
    this.hand.style.left = `${place}px`;
    this.head.setAttribute("aria-valuetext", `${timecode(this.at, this.rate)}, ${span.slate} ${span.name}`);
    this.root.querySelector("[data-time]").textContent = timecode(this.at, this.rate);
    if (!this.burn.hidden) this.burn.replaceChildren(words(`${[span.slate, span.take && `take ${span.take}`].filter(Boolean).join(" ") || span.name}   ${timecode(this.at, this.rate)}   ${count(this.at - span.start_s)} of ${count(span.seconds)} s`));
    if (this.now !== now) this.choose(now, place);
  }

  /** Keep the pictures near the playhead, in the order of the line, and let the others go. */
  load(now) {
    const near = new Set(this.spans.slice(Math.max(now - NEAR, 0), now + NEAR + 1).map((one) => one.id));
    for (const [id, picture] of this.shown) {
      if (near.has(id)) continue;
      picture.remove();
      this.shown.delete(id);
    }
    for (const span of this.spans) {
      if (!near.has(span.id) || this.shown.has(span.id)) continue;
      const picture = document.createElement(span.moves ? "video" : "img");
      if (span.picture) picture.src = span.picture;
      else Object.assign(picture, { src: BLANK }).dataset.frame = `/shots/${span.id}/frame`;
      picture.style.opacity = 0;
      if (span.moves) Object.assign(picture, { muted: true, playsInline: true, preload: "auto" });
      else picture.alt = `${span.slate} ${span.name}`.trim();
      this.shown.set(span.id, picture);
      this.pictures.append(picture);
      if (!span.picture) this.watch(picture);
    }
  }

  /** A clip runs with the line; one that is shorter than its shot stands on its last frame. */
  run(video, span, seen) {
    const wanted = Math.max(this.at - span.start_s, 0);
    if (!seen || !this.playing) video.pause();
    else if (video.paused && !video.ended) video.play().catch(() => {});
    if (Math.abs(video.currentTime - wanted) > (this.playing ? 0.25 : 0.01) && !(video.ended && wanted > video.duration)) video.currentTime = wanted;
  }

  colour(layer) {
    if (!this.veil) {
      this.veil = document.createElement("span");
      this.veil.style.zIndex = 2;
      this.pictures.append(this.veil);
    }
    this.veil.style.background = layer?.colour ?? "";
    this.veil.style.opacity = layer?.opacity ?? 0;
  }

  choose(now, place) {
    this.now = now;
    const span = this.spans[now];
    for (const one of this.root.querySelectorAll("[data-one]")) {
      one.classList.toggle("is-now", one.dataset.one === span.id);
      one.querySelector("[data-go]").toggleAttribute("aria-current", one.dataset.one === span.id);
    }
    const scroll = this.root.querySelector("[data-scroll]");
    if (place < scroll.scrollLeft || place > scroll.scrollLeft + scroll.clientWidth - 80) scroll.scrollLeft = place - 40;
    this.fill(span);
  }

  fill(span) {
    this.sheet.querySelector("[data-name]").textContent = `${span.slate} ${span.name}`.trim();
    this.sheet.duration_s.value = span.said ? count(span.seconds) : "";
    this.sheet.duration_s.placeholder = count(span.seconds);
    const select = this.sheet.transition_out;
    select.querySelector("[data-words]")?.remove();
    if (span.transition?.words) {
      const own = new Option(`“${span.transition.words}”`, "words");
      own.dataset.words = "";
      select.append(own);
    }
    select.value = span.transition?.words ? "words" : (span.transition ?? "");
    this.sheet.querySelector("[data-open]").href = `/shots/${span.id}`;
    this.sheet.querySelector("[data-hint]").textContent = hint(span);
  }

  /** Keep what the sheet says of the shot under the playhead. */
  keep() {
    const span = this.spans[this.now];
    const typed = this.sheet.duration_s.value.trim().replace(",", ".").replace(/\s*s$/, "");
    const seconds = typed === "" ? null : Number(typed);
    if (seconds !== null && !(seconds > 0 && seconds <= 86400)) {
      this.sheet.querySelector("[data-hint]").textContent = "Type a length in seconds, above 0.";
      return;
    }
    const chosen = this.sheet.transition_out.value;
    const change = { duration_s: seconds };
    if (chosen !== "words") change.transition_out = chosen || null;
    this.send(span, change);
  }

  /** Drag the right edge of a block; by keyboard the length is typed. */
  trimmed(one) {
    const edge = one.querySelector("[data-edge]");
    edge.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      edge.setPointerCapture(event.pointerId);
      edge.classList.add("is-held");
      const span = this.of(one);
      const [from, was] = [event.clientX, span.seconds];
      const move = ({ clientX }) => {
        span.seconds = Math.max(1, Math.round((was + (clientX - from) / PX_PER_S) * this.rate)) / this.rate;
        span.said = true;
        this.restack();
      };
      const end = () => {
        edge.classList.remove("is-held");
        edge.removeEventListener("pointermove", move);
        if (span.seconds !== was) this.send(span, { duration_s: Number(span.seconds.toFixed(3)) });
      };
      edge.addEventListener("pointermove", move);
      edge.addEventListener("lostpointercapture", end, { once: true });
    });
  }

  restack() {
    let start = 0;
    for (const span of this.spans) {
      span.start_s = start;
      start += span.seconds;
    }
    this.lay();
    this.now = undefined;
    this.seek(this.at);
  }

  async send(span, change) {
    try {
      const answer = await send("PUT", `/projects/${this.root.dataset.film}/timeline/${span.id}`, { version: span.version, ...change });
      this.spans = await answer.json();
      this.root.querySelector("[data-told]").textContent = `${span.slate} ${span.name}: kept.`;
    } catch (error) {
      complain(error, { label: "Reload", run: () => location.reload() });
    }
    this.restack();
  }
}

/** What is seen at a moment: the shot, the other one of a mix or a wipe, a colour that fades over them. */
function layers(spans, now, at) {
  const span = spans[now];
  const seen = [{ id: span.id, opacity: 1 }];
  const two = (join, earlier, later, share) => {
    if (join.kind === "mix") return [{ id: earlier.id, opacity: 1 }, { id: later.id, opacity: share, top: true }];
    return [{ id: earlier.id, opacity: 1 }, { id: later.id, opacity: 1, wiped: share, top: true }];
  };
  const left = span.start_s + span.seconds - at;
  const gone = at - span.start_s;
  const { into, out } = span;
  const paired = (join) => join?.kind === "mix" || join?.kind === "wipe";
  if (paired(out) && spans[now + 1] && left < out.seconds / 2) return two(out, span, spans[now + 1], 0.5 - left / out.seconds);
  if (paired(into) && spans[now - 1] && gone < into.seconds / 2) return two(into, spans[now - 1], span, 0.5 + gone / into.seconds);
  const faded = (join, share) => seen.push({ colour: join.kind === "white" ? "#fff" : "#000", opacity: 1 - share });
  if (out?.kind && !paired(out) && left < out.seconds) faded(out, left / out.seconds);
  else if (into?.kind && !paired(into) && gone < into.seconds) faded(into, gone / into.seconds);
  return seen;
}

function hint(span) {
  const told = [];
  if (!span.said) told.push(`Nobody says how long: it stands ${count(span.seconds)} s.`);
  if (span.out && !span.out.kind && span.out.label !== "Cut") told.push(`${span.out.label}: shown here as a cut.`);
  if (!span.picture) told.push("No take yet: its previz stands in.");
  return told.join(" ");
}

function words(text) {
  const one = document.createElement("span");
  one.textContent = text;
  return one;
}

function count(number) {
  return String(Number(number.toFixed(2)));
}

function timecode(seconds, rate) {
  const whole = Math.round(rate);
  const frames = Math.floor(seconds * rate + 1e-6);
  const two = (number) => String(number).padStart(2, "0");
  const all = Math.floor(frames / whole);
  return [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60, frames % whole].map(two).join(":");
}
