// A take's own page: circled, rated, noted; keys walk from take to take.
import { send, sendForm } from "../lib/server.js";
import { complain } from "./toast.js";

const KEEP_AFTER_MS = 600;

export function bindTake(root) {
  const url = `/takes/${root.dataset.takePage}`;
  const circle = root.querySelector("[data-circle]");
  const none = root.querySelector("[data-no-stars]");
  const note = root.querySelector("[data-take-note]");
  const toggle = () => {
    const on = circle.getAttribute("aria-pressed") !== "true";
    kept(send(on ? "POST" : "DELETE", `${url}/circle`), () => {
      circle.setAttribute("aria-pressed", on);
      circle.textContent = on ? "Circled" : "Circle";
    });
  };
  const rate = (stars) =>
    kept(sendForm("PUT", `${url}/stars`, { stars }), () => {
      for (const one of root.querySelectorAll(".star")) one.classList.toggle("is-lit", Number(one.firstChild.value) <= stars);
      none.hidden = !stars;
    });
  circle.addEventListener("click", toggle);
  root.querySelector(".stars").addEventListener("change", (event) => rate(Number(event.target.value)));
  none.addEventListener("click", () => {
    for (const one of root.querySelectorAll(".star input")) one.checked = false;
    rate(0);
  });
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    kept(sendForm("PUT", `${url}/note`, { words: note.value }));
  };
  note.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER_MS);
  });
  note.addEventListener("change", keep);
  root.querySelector("[data-other]")?.addEventListener("change", (event) => event.target.value && location.assign(event.target.value));
  addEventListener("keydown", (event) => {
    if (event.target.matches?.("input:not([type=radio]), textarea, select") || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "c") toggle();
    else document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}

async function kept(answer, then = () => {}) {
  try {
    await answer;
    then();
  } catch (error) {
    complain(error);
  }
}
