// Time: the shot's beats played or scrubbed. The moments come from the studio once; between them the browser draws.
import { send } from "../lib/server.js";
import { between } from "./lens.js";

const STEP_S = 0.5;

export class Playing {
  constructor(place, shot, show) {
    this.place = place;
    this.shot = shot;
    this.show = show;
    this.slider = place.querySelector("[data-finder-moment]");
    this.button = place.querySelector("[data-finder-play]");
    this.clock = place.querySelector("[data-finder-clock]");
    this.notes = place.querySelector("[data-finder-notes]");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.still.addEventListener("change", () => this.calm());
    this.calm();
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.button.addEventListener("click", () => (this.playing ? this.pause() : this.play()));
    for (const step of place.querySelectorAll("[data-finder-step]"))
      step.addEventListener("click", () => {
        this.pause();
        this.go(Number(this.slider.value) + STEP_S * Number(step.dataset.finderStep));
      });
  }

  // Who prefers no motion steps through the shot.
  calm() {
    this.button.hidden = this.still.matches;
    if (this.still.matches) this.pause();
  }

  // The shot changed: its moments are asked for when somebody next looks at one.
  changed(length) {
    this.length = length;
    this.track = null;
    this.place.hidden = !length;
    this.slider.max = length;
    if (!length) {
      this.pause();
      this.slider.value = 0;
    }
    this.tell();
    if (Number(this.slider.value) > 0) this.go(Number(this.slider.value));
  }

  get moment() {
    return Number(this.slider.value);
  }

  async go(seconds) {
    this.slider.value = Math.min(this.length, Math.max(0, seconds));
    this.tell();
    if (!(await this.tracked())) return;
    this.tell();
    this.show(this.at(this.moment));
  }

  async tracked() {
    if (this.track) return true;
    const edit = JSON.stringify(this.shot.document);
    if (this.asked !== edit) {
      this.asked = edit;
      this.coming = send("POST", "/edits/track", this.shot.edit).then((answer) => answer.json());
    }
    try {
      const track = await this.coming;
      if (this.asked !== edit) return false;
      this.track = track;
      this.notes.textContent = track.notes.join(" ");
      this.notes.hidden = !track.notes.length;
      return true;
    } catch {
      this.asked = "";
      return false;
    }
  }

  // Camera, lamps and what is in focus at a moment.
  at(seconds) {
    const { cameras, focuses, lives, length_s } = this.track;
    const place = (seconds / length_s) * (cameras.length - 1);
    const first = Math.min(cameras.length - 2, Math.floor(place));
    const camera = between(cameras[first], cameras[first + 1], place - first);
    const nearest = Math.round(place);
    return { camera, focus: focuses[nearest], live: lives.length ? lives[nearest] : null };
  }

  async play() {
    if (!(await this.tracked())) return;
    this.playing = true;
    this.button.textContent = "Pause";
    this.button.setAttribute("aria-pressed", "true");
    const from = this.moment >= this.length - 0.05 ? 0 : this.moment;
    const started = performance.now();
    const frame = (now) => {
      if (!this.playing) return;
      const seconds = from + Math.max(0, now - started) / 1000;
      this.go(seconds);
      if (seconds >= this.length) this.pause();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  pause() {
    this.playing = false;
    this.button.textContent = "Play";
    this.button.setAttribute("aria-pressed", "false");
  }

  tell() {
    const beat = this.track?.beats.find((one) => this.moment >= one.start_s && this.moment < one.end_s)?.name;
    this.clock.textContent = `${this.moment.toFixed(1)} of ${Number(this.length ?? 0).toFixed(1)} s${beat ? ` · ${beat.replaceAll("_", " ")}` : ""}`;
    this.slider.setAttribute("aria-valuetext", `${this.moment.toFixed(1)} seconds${beat ? `, ${beat.replaceAll("_", " ")}` : ""}`);
  }
}
