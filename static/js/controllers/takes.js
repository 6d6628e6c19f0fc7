// Shooting, and the strip of takes as it changes.
import { send } from "../lib/server.js";
import { choose } from "./tabs.js";
import { complain } from "./toast.js";
import { view } from "./viewer.js";

export function bindTakes(shot) {
  const button = document.querySelector("[data-shoot]");
  button.addEventListener("click", () => shoot(shot, button));
  shot.backend.addEventListener("change", () => sayWhatItTakes(shot));
  shot.target.addEventListener("change", () => sayWhatItTakes(shot));
  sayWhatItTakes(shot);
  shot.root.addEventListener("change", (event) => event.target.matches("[data-use]") && use(shot, event.target));
  const source = new EventSource(`${shot.url}/events`);
  source.addEventListener("takes", () => refresh(shot));
  addEventListener("pagehide", () => source.close());
}

export async function shoot(shot, button) {
  button.disabled = true;
  choose(document.getElementById("tab-takes"));
  try {
    clearTimeout(shot.timer);
    await shot.saving;
    const answer = await send("POST", `${shot.url}/takes`, { ...shot.edit, version: shot.version, backend: shot.backend.value });
    shot.version = (await answer.json()).version;
    shot.unsaved = false;
    localStorage.removeItem(`printlight:draft:${shot.id}`);
    shot.say("Saved");
    await refresh(shot);
  } catch (error) {
    complain(error);
  }
  button.disabled = false;
}

// A take becomes a reference of the shot: the picture that is changed, a first frame, somebody's face.
function use(shot, select) {
  const role = select.value;
  const name = role.split(".").pop();
  const references = shot.document.references ?? {};
  const slot = references[name]?.slot ?? Object.keys(references).length;
  select.value = "";
  if (role) shot.patch({ references: { [name]: { role, asset: select.dataset.use, slot } } });
}

// Beside the button stands what the backend still needs, or what the picture will cost.
async function sayWhatItTakes(shot) {
  const note = document.querySelector("[data-shoot-note]");
  const asked = new URLSearchParams({ target: shot.target.value, shot: shot.id });
  const answer = await fetch(`/backends/${shot.backend.value}/readiness?${asked}`).catch(() => null);
  const said = answer?.ok ? await answer.json() : { problem: "", usd: null, unsent: [] };
  note.textContent = [said.problem || (said.usd ? `about $${said.usd.toFixed(3)}` : ""), ...said.unsent].filter(Boolean).join(" ");
  note.classList.toggle("is-problem", Boolean(said.problem));
}

async function refresh(shot) {
  const place = shot.root.querySelector("[data-takes]");
  let answer;
  try {
    answer = await fetch(`${shot.url}/takes`);
  } catch {
    return; // the stream opens again by itself, and says when there is something new
  }
  if (!answer.ok) return;
  place.innerHTML = await answer.text();
  shot.root.querySelector("[data-count-takes]").textContent = place.querySelectorAll(".take").length || "";
  window.htmx?.process(place);
  showNewest(shot, place);
}

function showNewest(shot, place) {
  const newest = place.querySelector(".take.is-done :is(.take-frame img, .take-frame video)");
  const viewer = shot.root.querySelector("[data-viewer-take]");
  const large = newest?.getAttribute("src").replace("/thumbnail", "");
  if (!large || viewer.querySelector("img, video")?.getAttribute("src") === large) return;
  const picture = newest.cloneNode();
  picture.src = large;
  picture.className = "viewer-picture";
  if (picture.localName === "video") picture.controls = true;
  viewer.replaceChildren(picture);
  view(viewer.closest("[data-viewer]"), "take");
}
