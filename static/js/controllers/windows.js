// One shot in two windows of a browser: one of them edits, the others look on, see every edit, and may take over.
const ANSWER_MS = 1500;

export function bindWindows(shot) {
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (typeof BroadcastChannel === "undefined") return;
  new Windows(shot, new BroadcastChannel(`printlight:shot:${shot.id}`));
}

class Windows {
  constructor(shot, channel) {
    this.shot = shot;
    this.channel = channel;
    this.notice = shot.root.querySelector("[data-windows]");
    channel.addEventListener("message", (event) => this[event.data.say]?.(event.data));
    shot.root.addEventListener("printlight:edited", () => this.tell("edited"));
    addEventListener("pagehide", () => shot.mine && this.tell("left"));
    this.tell("opened");
    setTimeout(() => shot.mine && this.tell("held"), ANSWER_MS); // to windows that look on since this one was reloaded
  }

  tell(say) {
    const { document, version, unsaved } = this.shot;
    this.channel.postMessage({ say, document, version, unsaved, target: this.shot.target.value });
  }

  /** Another window opened this shot. */
  opened() {
    if (this.shot.mine) this.tell("held");
  }

  held(theirs) {
    if (this.shot.mine || this.isAlone) this.lookOn(theirs, "This shot is open in another window. You see its edits here.");
    else this.shot.follow(theirs);
  }

  /** Another window edited. Of two that were opened at once, the one that is edited first has the shot. */
  edited(theirs) {
    if (!this.shot.mine) this.shot.follow(theirs);
    else if (!this.shot.unsaved) this.held(theirs);
  }

  /** Another window wants the shot: what is typed here is saved first. */
  async asked() {
    if (!this.shot.mine) return;
    if (this.shot.unsaved) await this.shot.save();
    await this.shot.saving;
    this.shot.history.keep(this.shot.document, this.shot.version);
    this.tell("given");
    this.lookOn(null, "Another window took this shot over. You see its edits here.");
  }

  given(theirs) {
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.edit(theirs);
  }

  left() {
    if (this.shot.mine) return;
    this.isAlone = true;
    this.say("The window that edited this shot was closed.", "Edit here", () => location.reload());
  }

  lookOn(theirs, words) {
    this.shot.mine = false;
    this.isAlone = false;
    clearTimeout(this.shot.timer);
    this.lock(true);
    if (theirs) this.shot.follow(theirs);
    this.say(words, "Take over", () => this.takeOver());
    this.shot.say("Looking on", true);
  }

  takeOver() {
    this.notice.querySelector("button").disabled = true;
    this.waiting = setTimeout(() => this.edit(null), ANSWER_MS);
    this.tell("asked");
  }

  edit(theirs) {
    this.waiting = null;
    this.shot.mine = true;
    this.lock(false);
    this.notice.replaceChildren();
    if (theirs) this.shot.follow(theirs);
    this.shot.history.resume(this.shot.document, this.shot.version);
    if (theirs?.unsaved) this.shot.changed();
    else this.shot.say("Saved");
    this.tell("held");
  }

  lock(on) {
    for (const place of document.querySelectorAll("[data-controls], [data-note], .shoot")) place.inert = on;
  }

  say(words, label, run) {
    const line = document.createElement("p");
    line.textContent = words;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-small";
    button.textContent = label;
    button.addEventListener("click", run);
    this.notice.replaceChildren(line, button);
  }
}
