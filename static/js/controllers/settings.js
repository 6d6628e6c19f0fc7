// What this browser keeps: the theme, and whether the tour is shown.
export function bindSettings(root) {
  for (const one of root.querySelectorAll("[name=theme]")) {
    one.checked = one.value === document.documentElement.dataset.theme;
    one.addEventListener("change", () => {
      document.documentElement.dataset.theme = one.value;
      localStorage.setItem("printlight:theme", one.value);
    });
  }
  root.querySelector("[data-tour-again]").addEventListener("click", () => {
    localStorage.removeItem("printlight:tour");
    root.querySelector("[data-tour-told]").textContent = "It begins on the board of the film.";
  });
}
