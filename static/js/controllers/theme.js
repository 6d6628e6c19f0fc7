// Switches between dark and light, and keeps the choice.
export function switchTheme(button) {
  button?.addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "light" ? "dark" : "light";
    document.documentElement.dataset.theme = next;
    localStorage.setItem("printlight:theme", next);
  });
}
