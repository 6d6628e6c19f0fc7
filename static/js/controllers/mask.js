// Paint over the source picture what may change: by hand, by pen, or by keys. White is kept as the mask, black stays.
import { feathered } from "../lib/feather.js";
import { sendFile } from "../lib/server.js";
import { complain } from "./toast.js";

const SOURCE = "reference.role.source";
const MASK = "reference.role.mask";
const STEPS = 24;
const PAINT = "#e8a23d";

export function bindMask(shot) {
  const dialog = document.querySelector("[data-mask]");
  const mask = new Mask(dialog, shot);
  shot.root.addEventListener("click", (event) => event.target.closest("[data-mask-open]") && mask.open());
}

class Mask {
  constructor(dialog, shot) {
    this.dialog = dialog;
    this.shot = shot;
    this.picture = dialog.querySelector("[data-mask-picture]");
    this.canvas = dialog.querySelector("[data-mask-canvas]");
    this.pen = this.canvas.getContext("2d", { willReadFrequently: true });
    this.size = dialog.querySelector("[data-mask-size]");
    this.eraser = dialog.querySelector("[data-mask-erase]");
    this.lasso = dialog.querySelector("[data-mask-lasso]");
    this.feather = dialog.querySelector("[data-mask-feather]");
    this.share = dialog.querySelector("[data-mask-share]");
    this.steps = [];
    this.corners = [];
    this.at = { x: 0, y: 0 };
    this.listen();
  }

  listen() {
    const on = (name, run) => this.dialog.querySelector(`[data-mask-${name}]`).addEventListener("click", run);
    on("erase", () => this.erase(!this.erasing));
    on("lasso", () => this.around(!this.lassoing));
    on("undo", () => this.undo());
    on("invert", () => this.step(() => this.invert()));
    on("clear", () => this.step(() => this.wipe()));
    on("keep", () => this.keep());
    for (const one of this.dialog.querySelectorAll("[data-close]")) one.addEventListener("click", () => this.dialog.close());
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) this.canvas.addEventListener(name, () => this.lift());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.feather.addEventListener("input", () => this.soften());
    this.dialog.addEventListener("toggle", () => (this.dialog.open ? this.dialog : document.body).append(document.querySelector("[data-toasts]")));
  }

  get erasing() {
    return this.eraser.getAttribute("aria-pressed") === "true";
  }

  get lassoing() {
    return this.lasso.getAttribute("aria-pressed") === "true";
  }

  /** How far the edge fades, in the picture's pixels. */
  get soft() {
    return Math.round((Number(this.feather.value) / 1000) * Math.max(this.canvas.width, this.canvas.height));
  }

  get radius() {
    return (Number(this.size.value) / 200) * Math.max(this.canvas.width, this.canvas.height);
  }

  /** Open on the source picture, with the mask that there is. */
  async open() {
    const [source] = this.having(SOURCE);
    if (!source?.[1].asset) return complain({ message: "There is no source picture to paint on.", hint: "Use a take as one, or give a reference that role." });
    try {
      await this.load(this.picture, this.address(source[1].asset));
    } catch {
      return complain({ message: "The source picture cannot be shown.", hint: "Is it drawn from this shot? Then the previz must be able to draw it." });
    }
    this.canvas.width = this.picture.naturalWidth;
    this.canvas.height = this.picture.naturalHeight;
    this.at = { x: this.canvas.width / 2, y: this.canvas.height / 2 };
    this.steps = [];
    this.corners = [];
    this.feather.value = 0;
    await this.bringBack();
    this.tell();
    this.dialog.showModal();
    this.soften();
    this.canvas.focus();
  }

  having(role) {
    return Object.entries(this.shot.document.references ?? {}).filter(([, one]) => one.role === role);
  }

  address(asset) {
    if (asset.startsWith("previz:")) return `${this.shot.url}/passes/${asset.slice(7)}`;
    if (asset.startsWith("take:")) return `/takes/${asset.slice(5)}/picture`;
    return `/pictures/${asset}`;
  }

  load(picture, url) {
    return new Promise((done, failed) => {
      picture.onload = done;
      picture.onerror = failed;
      picture.src = url;
    });
  }

  /** Draw the mask of before, where it fits the picture. */
  async bringBack() {
    const [mask] = this.having(MASK);
    if (!/^[0-9a-f]{64}$/.test(mask?.[1].asset ?? "")) return;
    const before = new Image();
    try {
      await this.load(before, `/pictures/${mask[1].asset}`);
    } catch {
      return;
    }
    const { width, height } = this.canvas;
    this.pen.drawImage(before, 0, 0, width, height);
    this.change((pixels, i) => (pixels[i + 3] = pixels[i]));
  }

  press(event) {
    event.preventDefault();
    this.canvas.focus();
    this.canvas.setPointerCapture(event.pointerId);
    this.remember();
    this.at = this.point(event);
    this.painting = true;
    if (this.lassoing) this.corners = [this.at];
    else this.stroke(this.at);
  }

  drag(event) {
    if (!this.painting) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      if (this.lassoing) this.corner(this.point(one));
      else this.stroke(this.point(one));
    }
  }

  lift() {
    if (this.painting && this.lassoing) this.close();
    else if (this.painting) this.tell();
    this.painting = false;
  }

  /** Another corner of the lasso, drawn over what was painted before it. */
  corner(at) {
    if (!this.corners.length) this.remember();
    this.corners.push(at);
    this.pen.putImageData(this.steps.at(-1), 0, 0);
    this.trace();
    this.pen.strokeStyle = PAINT;
    this.pen.lineWidth = Math.max(2, this.canvas.width / 400);
    this.pen.stroke();
  }

  /** Fill what the lasso went round, or take it away. */
  close() {
    const corners = this.corners.length;
    this.pen.putImageData(this.steps.at(-1), 0, 0);
    this.trace();
    if (corners > 2) this.pen.fill();
    else this.steps.pop();
    this.corners = [];
    this.tell();
  }

  trace() {
    const { pen } = this;
    pen.globalCompositeOperation = this.erasing ? "destination-out" : "source-over";
    pen.fillStyle = PAINT;
    pen.beginPath();
    for (const { x, y } of this.corners) pen.lineTo(x, y);
    pen.closePath();
  }

  /** Show how the edge will fade. */
  soften() {
    const box = this.canvas.getBoundingClientRect();
    this.canvas.style.filter = this.soft ? `blur(${(this.soft * box.width) / this.canvas.width / 2}px)` : "";
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * this.canvas.width, y: ((event.clientY - box.top) / box.height) * this.canvas.height };
  }

  stroke(to) {
    const { pen } = this;
    pen.globalCompositeOperation = this.erasing ? "destination-out" : "source-over";
    pen.strokeStyle = pen.fillStyle = PAINT;
    pen.lineCap = "round";
    pen.lineWidth = this.radius * 2;
    pen.beginPath();
    pen.moveTo(this.at.x, this.at.y);
    pen.lineTo(to.x, to.y + 0.01);
    pen.stroke();
    this.at = to;
  }

  key(event) {
    const by = (event.shiftKey ? 0.1 : 0.02) * Math.max(this.canvas.width, this.canvas.height);
    const moves = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] };
    if (event.key in moves) this.move(...moves[event.key]);
    else if (event.key === " " && this.lassoing) this.set();
    else if (event.key === "Enter" && this.corners.length) this.close();
    else if (event.key === " ") this.step(() => this.stroke({ ...this.at }));
    else if (event.key === "[" || event.key === "]") this.size.value = Number(this.size.value) + (event.key === "]" ? 2 : -2);
    else if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(x, y) {
    const within = (value, most) => Math.min(most, Math.max(0, value));
    this.at = { x: within(this.at.x + x, this.canvas.width), y: within(this.at.y + y, this.canvas.height) };
    this.share.textContent = `${Math.round((100 * this.at.x) / this.canvas.width)} % across, ${Math.round((100 * this.at.y) / this.canvas.height)} % down`;
  }

  /** A corner by key; Enter closes the lasso. */
  set() {
    this.corner({ ...this.at });
    this.share.textContent = `${this.corners.length} corner${this.corners.length === 1 ? "" : "s"}; Enter closes`;
  }

  around(on) {
    this.lasso.setAttribute("aria-pressed", String(on));
    if (this.corners.length) this.close();
  }

  erase(on) {
    this.eraser.setAttribute("aria-pressed", String(on));
  }

  step(run) {
    if (this.corners.length) this.close();
    this.remember();
    run();
    this.tell();
  }

  remember() {
    this.steps = [...this.steps.slice(1 - STEPS), this.pixels()];
  }

  undo() {
    const last = this.steps.pop();
    this.corners = [];
    if (last) this.pen.putImageData(last, 0, 0);
    this.tell();
  }

  pixels() {
    return this.pen.getImageData(0, 0, this.canvas.width, this.canvas.height);
  }

  wipe() {
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  invert() {
    this.change((pixels, i) => (pixels[i + 3] = 255 - pixels[i + 3]));
  }

  /** Change every pixel's alpha, and paint what is left in the one colour. */
  change(run) {
    const held = this.pixels();
    for (let i = 0; i < held.data.length; i += 4) {
      run(held.data, i);
      [held.data[i], held.data[i + 1], held.data[i + 2]] = [232, 162, 61];
    }
    this.pen.putImageData(held, 0, 0);
  }

  tell() {
    const { data } = this.pixels();
    let painted = 0;
    for (let i = 3; i < data.length; i += 4) painted += data[i] > 127;
    this.painted = painted / (data.length / 4);
    this.share.textContent = `${Math.round(this.painted * 100)} % may change`;
  }

  /** Keep the mask as a picture, white where it was painted, and send it with the shot. */
  async keep() {
    if (!this.painted) return complain({ message: "Nothing is painted yet.", hint: "Paint over what may change." });
    const { width, height } = this.canvas;
    const flat = Object.assign(document.createElement("canvas"), { width, height });
    const pen = flat.getContext("2d");
    if (this.corners.length) this.close();
    const held = this.pixels();
    const alpha = feathered(held.data.filter((_, i) => i % 4 === 3), width, height, this.soft);
    for (let i = 0; i < alpha.length; i++) {
      held.data.fill(alpha[i], 4 * i, 4 * i + 3);
      held.data[4 * i + 3] = 255;
    }
    pen.putImageData(held, 0, 0);
    try {
      const file = await new Promise((done) => flat.toBlob(done, "image/png"));
      const kept = await (await sendFile("/pictures", new File([file], "mask.png", { type: "image/png" }))).json();
      const references = this.shot.document.references ?? {};
      const [name] = this.having(MASK)[0] ?? ["mask"];
      const slot = references[name]?.slot ?? Object.keys(references).length;
      this.dialog.close();
      await this.shot.patch({ references: { [name]: { role: MASK, asset: kept.sha256, slot } } });
    } catch (error) {
      complain(error);
    }
  }
}
