// A menu shuts when somebody leaves it, or presses Escape.
export function bindMenus(menus) {
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => (menu.open &&= menu.contains(event.relatedTarget)));
  }
}
