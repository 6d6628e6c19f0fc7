// The history of a shot: arrows walk its line, and what is chosen is shown beside it.
import { ask } from "../lib/server.js";
import { complain } from "./toast.js";

export function openHistory(root) {
  const shown = root.querySelector("[data-past-shown]");
  let asked = null;
  const load = async (query) => {
    asked = query;
    try {
      const text = await (await ask(`${root.dataset.past}/state?${query}`, { headers: { Accept: "text/html" } })).text();
      if (asked !== query) return; // somebody went on meanwhile
      const open = shown.querySelector("details").open;
      shown.innerHTML = text;
      shown.querySelector("details").open = open;
      history.replaceState(null, "", `${root.dataset.past}?${query}`);
      if (shown.getBoundingClientRect().top > innerHeight) shown.scrollIntoView(); // on a telephone it stands below the line
      for (const one of states(root)) one.ariaCurrent = one.dataset.state === query.get("at") ? "true" : null;
    } catch (error) {
      complain(error);
    }
  };
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-state]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    load(new URL(link.href).searchParams);
  });
  root.addEventListener("change", (event) => {
    const form = event.target.closest("[data-past-form]");
    if (!form) return;
    const name = event.target.name;
    load(new URLSearchParams(new FormData(form))).then(() => shown.querySelector(`[name=${name}]`)?.focus());
  });
  root.addEventListener("keydown", (event) => {
    const from = event.target.closest?.("[data-state]");
    const to = from && next(states(root), from, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}

function states(root) {
  return [...root.querySelectorAll("[data-state]")];
}

// Up and down by row, left to what it came from, right to the first that came of it.
function next(all, from, key) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (by) return all[all.indexOf(from) + by];
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (key === "ArrowLeft") return all.find((one) => one.dataset.state === from.dataset.parent);
  if (key === "ArrowRight") return all.findLast((one) => one.dataset.parent === from.dataset.state);
  return null;
}
