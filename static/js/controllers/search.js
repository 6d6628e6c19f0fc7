// The search page, and the menu that sorts a shot or a take: its stars, tags and collections.
import { ask, sendForm } from "../lib/server.js";
import { Offer } from "./offer.js";
import { complain } from "./toast.js";

export function openSearch(root) {
  const box = root.querySelector("[data-box]");
  new Offer(box, root.querySelector("[data-offer]"), "/search/offers");
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || event.target.matches?.("input, textarea, select")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  if (!box.value) box.focus();
}

/** Fetch the menu's fields when it opens; each change is kept at once, and answered with the fields as they are then. */
export function bindSort(menu) {
  const url = menu.dataset.sort;
  const body = menu.querySelector("[data-sort-body]");
  const show = async (answer) => {
    try {
      const fresh = await (await answer).text();
      const focused = body.contains(document.activeElement) && called(document.activeElement);
      if (focused) menu.querySelector("summary").focus(); // inside of the menu, which shuts when the focus leaves it
      body.innerHTML = fresh;
      if (focused) [...body.querySelectorAll("input, button")].find((one) => called(one) === focused)?.focus();
    } catch (error) {
      complain(error);
    }
  };
  menu.addEventListener("toggle", () => menu.open && show(ask(url, { headers: { Accept: "text/html" } })));
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(event.target);
    if ("tags" in event.target.dataset) show(sendForm("PUT", `${url}/tags`, fields));
    else show(sendForm("POST", `${url}/collections`, fields));
  });
  body.addEventListener("change", ({ target }) => {
    if (target.type === "radio") show(sendForm("PUT", `${url}/stars`, { stars: target.value }));
    if (target.type === "checkbox") show(ask(`${url}/collections/${target.value}`, { method: target.checked ? "PUT" : "DELETE", headers: { Accept: "text/html" } }));
  });
  body.addEventListener("click", ({ target }) => "stars" in target.dataset && show(sendForm("PUT", `${url}/stars`, { stars: 0 })));
}

function called({ type, name, value }) {
  return type === "text" ? name : `${name} ${value}`;
}
