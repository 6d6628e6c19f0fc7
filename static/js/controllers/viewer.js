// What the frame shows: the shot live, or a take.
export function bindViewer(shot) {
  const viewer = shot.root.querySelector("[data-viewer]");
  viewer.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) view(viewer, button.dataset.view);
  });
}

export function view(viewer, name) {
  for (const button of viewer.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === name);
  for (const place of viewer.querySelectorAll("[data-view-of]")) place.hidden = place.dataset.viewOf !== name;
  viewer.dispatchEvent(new CustomEvent("printlight:view", { detail: name }));
}
