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
  shot.root.addEventListener("click", (event) => {
    const take = event.target.closest("[data-take]");
    if (event.target.matches("[data-take-up]")) takeUp(shot, take.dataset.take);
    if (event.target.matches("[data-against-take]")) compare(shot, take);
  });
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

// The shot that a take was made of becomes the one that is edited; that is one step, to be undone.
async function takeUp(shot, take) {
  try {
    const made = await (await send("GET", `/takes/${take}/shot`)).json();
    shot.remember("");
    shot.take(made);
    shot.say(`Now as for take ${made.number}`, true);
  } catch (error) {
    complain(error);
  }
}

// The first choice waits for the second, and the two are set against each other.
function compare(shot, take) {
  const name = take.dataset.take;
  if (shot.first && shot.first !== name) location.assign(`/takes/${shot.first}/against/${name}`);
  shot.first = shot.first === name ? "" : name;
  markFirst(shot);
}

function markFirst(shot) {
  const first = shot.first && shot.root.querySelector(`[data-take="${shot.first}"]`);
  for (const button of shot.root.querySelectorAll("[data-against-take]")) {
    const mine = button.closest("[data-take]") === first;
    button.setAttribute("aria-pressed", mine);
    button.textContent = first && !mine ? `With take ${first.dataset.number}` : "Compare";
  }
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
  markFirst(shot);
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
