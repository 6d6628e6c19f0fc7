// Two takes: side by side, one wiped over the other, one after the other, or what differs between them.
import { bindStep } from "./step.js";

const BLINK_MS = 700;

export function bindAgainst(root) {
  const pair = root.querySelector("[data-pair]");
  const second = pair.querySelector(".is-second");
  const button = root.querySelector("[data-blink]");
  const wiper = root.querySelector("[data-wipe-at]");
  let timer = 0;
  const show = (there) => {
    second.classList.toggle("is-away", !there);
    button.setAttribute("aria-pressed", there);
  };
  const choose = (mode) => {
    clearInterval(timer);
    pair.className = `against-pair is-${mode}`;
    for (const one of root.querySelectorAll("[data-mode]")) one.setAttribute("aria-pressed", one.dataset.mode === mode);
    root.querySelector("[data-wipe]").hidden = mode !== "wipe";
    button.hidden = mode !== "blink";
    show(mode !== "blink");
    second.style.clipPath = mode === "wipe" ? `inset(0 0 0 ${wiper.value}%)` : "";
    // Who prefers no motion turns them over by hand.
    if (mode === "blink" && !matchMedia("(prefers-reduced-motion: reduce)").matches) timer = setInterval(() => show(second.classList.contains("is-away")), BLINK_MS);
  };
  root.addEventListener("click", (event) => {
    const mode = event.target.closest("[data-mode]")?.dataset.mode;
    if (mode) choose(mode);
  });
  button.addEventListener("click", () => {
    clearInterval(timer);
    show(second.classList.contains("is-away"));
  });
  wiper.addEventListener("input", () => (second.style.clipPath = `inset(0 0 0 ${wiper.value}%)`));
  pair.addEventListener("pointermove", (event) => {
    if (!pair.classList.contains("is-wipe") || !event.buttons) return;
    const { left, width } = second.getBoundingClientRect();
    wiper.value = Math.round(((event.clientX - left) / width) * 100);
    wiper.dispatchEvent(new Event("input"));
  });
  pair.addEventListener("dragstart", (event) => event.preventDefault());
  const bar = root.querySelector("[data-step]");
  if (bar) bindStep(bar, [...pair.querySelectorAll("video")]);
  root.querySelector("[data-other]")?.addEventListener("change", (event) => location.assign(event.target.value));
}
