// Two dialogs of the light plan: one more light, and named set-ups that show what they change before they are taken.
import { send } from "../lib/server.js";
import { complain } from "./toast.js";

export function bindRigging(shot, place) {
  const [light, rig] = ["light", "rig"].map((name) => place.querySelector(`dialog[data-${name}]`));
  place.querySelector("[data-light-open]").addEventListener("click", () => light.showModal());
  place.querySelector("[data-rig-open]").addEventListener("click", () => {
    rig.showModal();
    ask(shot, rig);
  });
  for (const dialog of [light, rig]) {
    for (const one of dialog.querySelectorAll("[data-close]")) one.addEventListener("click", () => dialog.close());
    dialog.addEventListener("keydown", (event) => event.stopPropagation()); // single keys of the page do nothing here
  }
  light.querySelector("[data-light-find]").addEventListener("input", (event) => find(light, event.target.value));
  light.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    light.close();
    add(shot, place, Object.fromEntries(new FormData(event.target)));
  });
  rig.querySelector("form").addEventListener("change", (event) => {
    if (event.target.name === "setup") for (const one of rig.querySelectorAll("[name=side]")) one.checked = false;
    ask(shot, rig);
  });
  rig.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    rig.close();
    shot.patch(rig.patch);
  });
}

function find(dialog, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const lines = [...dialog.querySelectorAll("[data-names]")];
  for (const line of lines) line.hidden = !words.every((word) => line.dataset.names.includes(word));
  const found = lines.filter((line) => !line.hidden);
  dialog.querySelector("[data-light-none]").hidden = found.length > 0;
  if (words.length && found.length) found[0].querySelector("input").checked = true;
}

// A lamp gets the name of what it does; a card takes light away and has no role.
async function add(shot, place, { role, fixture }) {
  const lights = shot.document.lights ?? {};
  const wanted = role.split(".").pop();
  let name = wanted;
  for (let number = 2; name in lights; number += 1) name = `${wanted}_${number}`;
  const slot = Math.max(-1, ...Object.values(lights).map((one) => one.slot ?? 0)) + 1;
  const said = role.startsWith("light.modifier.") ? { modifiers: [role] } : { role, ...(fixture && { fixture }) };
  await shot.patch({ lights: { [name]: { ...(slot && { slot }), ...said } } });
  hold(shot, place, name);
}

// The new lamp takes the focus as soon as the plan knows it; even light is listed there and never drawn.
function hold(shot, place, name) {
  const drawn = place.querySelector(`[data-view-name="plan"] [data-handle="lights.${name}"]`);
  if (drawn) drawn.focus();
  else if (!place.querySelector(`[data-open="lights.${name}.role"]`)) shot.root.addEventListener("printlight:compiled", () => hold(shot, place, name), { once: true });
}

async function ask(shot, rig) {
  const said = Object.fromEntries(new FormData(rig.querySelector("form")));
  const button = rig.querySelector("[data-rig-take]");
  const asked = (rig.asked = (rig.asked ?? 0) + 1);
  button.disabled = true;
  try {
    const answer = await (await send("POST", "/edits/setups", { ...shot.edit, setup: said.setup, side: said.side ?? "" })).json();
    if (asked !== rig.asked) return;
    const sides = rig.querySelector("[data-rig-side]");
    sides.hidden = !answer.question && !said.side;
    if (answer.question) rig.querySelector("[data-rig-question]").textContent = answer.question;
    rig.querySelector("[data-rig-told]").innerHTML = answer.told;
    rig.patch = answer.patch;
    button.disabled = !answer.patch;
  } catch (error) {
    complain(error);
  }
}
