// Clips in step: one time line plays, scrubs and steps all of them. A shorter one waits on its last frame for the longest.
const FRAMES_PER_S = 24; // a browser does not say how many a clip has; the buttons name this step
const SLACK_S = 0.06; // further apart than this, the others are set by the longest

export function bindStep(bar, clips) {
  const step = new Step(bar, clips);
  for (const one of clips) {
    one.addEventListener("loadedmetadata", () => step.measure());
    one.addEventListener("error", () => step.refuse());
    one.addEventListener("seeked", () => step.again(one));
    if (one.error) step.refuse();
  }
  step.measure();
}

class Step {
  constructor(bar, clips) {
    this.clips = clips;
    for (const name of ["play", "moment", "clock"]) this[name] = bar.querySelector(`[data-step-${name}]`);
    this.wanted = new Map();
    this.play.addEventListener("click", () => (this.lead.paused ? this.start() : this.stop()));
    this.moment.addEventListener("input", () => this.go(Number(this.moment.value)));
    for (const one of bar.querySelectorAll("[data-step-by]")) one.addEventListener("click", () => this.by(Number(one.dataset.stepBy)));
  }

  // The longest clip leads.
  measure() {
    this.lead = this.clips.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
    this.moment.max = lengthOf(this.lead);
    this.tell();
  }

  refuse() {
    this.refused = true;
    this.clock.setAttribute("role", "alert");
    this.clock.textContent = "A clip does not play in this browser: download it from its take.";
  }

  start() {
    if (this.lead.ended || this.lead.currentTime >= lengthOf(this.lead)) this.go(0);
    this.running = true;
    for (const one of this.clips) if (this.lead.currentTime < lengthOf(one)) one.play().catch(() => {}); // one that cannot has said so
    this.sign();
    requestAnimationFrame(() => this.follow());
  }

  // While they play: who has drifted is set right, and at the end all begin again.
  follow() {
    if (!this.running) return;
    const now = this.lead.currentTime;
    for (const one of this.clips) if (one !== this.lead && now < lengthOf(one) && Math.abs(one.currentTime - now) > SLACK_S) this.seek(one, now);
    this.tell();
    if (this.lead.ended) this.start();
    else requestAnimationFrame(() => this.follow());
  }

  stop() {
    this.running = false;
    for (const one of this.clips) one.pause();
    this.go(this.lead.currentTime);
    this.sign();
  }

  // By frames; each is shown from its middle, where no rounding shows the one before.
  by(frames) {
    if (this.running) this.stop();
    const at = Math.floor(this.now * FRAMES_PER_S + 1e-6) + frames;
    this.go((at + 0.5) / FRAMES_PER_S);
  }

  get now() {
    return this.wanted.get(this.lead) ?? this.lead.currentTime;
  }

  go(seconds) {
    for (const one of this.clips) this.seek(one, Math.min(Math.max(0, seconds), lengthOf(one)));
    this.tell();
  }

  // A clip that still looks for a frame is asked for the newest one when it has found it.
  seek(clip, seconds) {
    this.wanted.set(clip, seconds);
    if (!clip.seeking) clip.currentTime = seconds;
  }

  again(clip) {
    const seconds = this.wanted.get(clip);
    if (seconds !== undefined && Math.abs(clip.currentTime - seconds) > 0.001 && !this.running) clip.currentTime = seconds;
    else this.wanted.delete(clip);
  }

  sign() {
    this.play.textContent = this.running ? "Pause" : "Play";
    this.play.setAttribute("aria-pressed", Boolean(this.running));
  }

  tell() {
    if (this.refused) return;
    const told = `${this.now.toFixed(2)} of ${lengthOf(this.lead).toFixed(2)} s`;
    this.moment.value = this.now;
    this.moment.setAttribute("aria-valuetext", told);
    this.clock.textContent = told;
  }
}

function lengthOf(clip) {
  return Number.isFinite(clip.duration) ? clip.duration : 0;
}
