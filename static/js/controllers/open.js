// The fragment of a link, which no server was sent, is handed to this studio; or a link that is pasted.
import { send } from "../lib/server.js";
import { complain } from "./toast.js";

export function bindOpen(root) {
  const told = root.querySelector("[data-open-told]");
  const text = root.querySelector("[data-open-text]");
  let link = "";

  async function show(given) {
    link = given;
    told.textContent = "Reading…";
    try {
      const answer = await (await send("POST", "/open", { link: given })).text();
      if (link === given) told.innerHTML = answer;
    } catch (error) {
      if (link === given) told.textContent = [error.message, error.hint].filter(Boolean).join(" ");
    }
  }

  const follow = () => location.hash.startsWith("#v") && show(location.hash.slice(1));
  addEventListener("hashchange", follow);
  root.querySelector("[data-open-form]").addEventListener("submit", (event) => {
    event.preventDefault();
    show(text.value.trim());
  });
  told.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await send("POST", "/open/additions", { link, film: new FormData(event.target).get("film") ?? "" });
      location.assign((await answer.json()).open);
    } catch (error) {
      complain(error);
    }
  });
  follow();
}
