// The tour of a first visit: one step is shown where its page is, until the last one, or until somebody leaves.
const KEY = "printlight:tour";
const OVER = 4;

export function bindTour(steps) {
  const show = () => {
    const now = Number(localStorage.getItem(KEY) ?? 1);
    for (const step of steps) step.hidden = Number(step.dataset.tour) !== now;
  };
  const go = (to) => {
    localStorage.setItem(KEY, to);
    show();
  };
  for (const step of steps) {
    step.addEventListener("click", (event) => {
      if (event.target.closest("[data-tour-leave]")) go(OVER);
      else if (event.target.closest("[data-tour-next]")) go(Number(step.dataset.tour) + 1);
    });
  }
  // Who opens a shot by themselves has taken the first step.
  if (steps[0]?.dataset.tour === "2" && !localStorage.getItem(KEY)) localStorage.setItem(KEY, 2);
  show();
}
