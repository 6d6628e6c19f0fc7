// References on the prompt pane: dropped there from the desktop, from the takes or from another window, or chosen; each shows its role.
import { at } from "../lib/paths.js";
import { sendFile } from "../lib/server.js";
import { nameFor, remove } from "./fields.js";
import { complain } from "./toast.js";

const KEPT = /\/pictures\/([0-9a-f]{64})/; // where the studio has a picture
const LINK = "text/uri-list";

export function bindPictures(shot) {
  const pane = shot.root.querySelector(".shot-prompt");
  const input = chooser(shot, pane);
  shot.root.addEventListener("dragstart", carry);
  pane.addEventListener("dragover", (event) => hover(shot, pane, event));
  pane.addEventListener("dragleave", (event) => pane.contains(event.relatedTarget) || pane.classList.remove("is-over"));
  pane.addEventListener("drop", (event) => drop(shot, pane, event));
  pane.addEventListener("change", (event) => event.target.matches("[data-role]") && shot.patch(at(`references.${event.target.dataset.role}.role`, event.target.value || null)));
  pane.addEventListener("click", (event) => {
    const gone = event.target.closest("[data-remove]");
    if (gone) remove(shot, gone.dataset.remove);
    else if (event.target.closest("[data-add-picture]")) input.click();
  });
  // A file that is let go beside its place must not open in the place of the page.
  for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
}

// Whoever drags a take, or its picture in the viewer, carries the whole picture and not the page or the copy that shows it.
function carry(event) {
  const picture = event.target.closest?.("a, img, video");
  const shown = picture?.matches("a") ? picture.querySelector("img, video") : picture;
  const [path] = KEPT.exec(shown?.getAttribute("src") ?? "") ?? [];
  if (path) event.dataTransfer.setData(LINK, new URL(path, location.href).href);
}

function hover(shot, pane, event) {
  const { types } = event.dataTransfer;
  const link = types.includes(LINK) && !event.target.closest("input, textarea");
  if (!shot.mine || !(types.includes("Files") || link)) return;
  event.preventDefault();
  pane.classList.add("is-over");
}

async function drop(shot, pane, event) {
  if (!pane.classList.contains("is-over")) return;
  event.preventDefault();
  pane.classList.remove("is-over");
  const told = [LINK, "text/html"].map((kind) => event.dataTransfer.getData(kind)).join(" "); // another page of ours tells its picture in HTML
  const kept = told.includes(location.origin) && KEPT.exec(told);
  const files = [...event.dataTransfer.files];
  if (kept) add(shot, [kept[1]]);
  else if (files.length) add(shot, await stored(files));
  else complain({ message: "That is a link, and no picture.", hint: "Save the picture first, then drop its file." });
}

// The dialog of files stands beside the pane: what is in the pane may be drawn anew while it is open.
function chooser(shot, pane) {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/png,image/jpeg,image/webp", multiple: true, hidden: true });
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    add(shot, await stored(files));
  });
  pane.append(input);
  return input;
}

// The hashes of what could be kept; of each other file it is said why not.
async function stored(files) {
  const kept = [];
  for (const file of files) {
    try {
      kept.push((await (await sendFile("/pictures", file)).json()).sha256);
    } catch (error) {
      complain({ ...error, message: `${file.name}: ${error.message}` });
    }
  }
  return kept;
}

// One step for all that came together. Which role each has is asked, and not guessed.
async function add(shot, assets) {
  const held = shot.document.references ?? {};
  const taken = Object.keys(held);
  let slot = 1 + Math.max(-1, ...taken.map((name) => held[name].slot ?? 0));
  const references = {};
  for (const asset of assets) {
    const name = nameFor("reference", taken);
    taken.push(name);
    references[name] = { asset, slot: slot++ };
  }
  const [first] = Object.keys(references);
  if (!first) return;
  const ask = () => {
    const chip = shot.root.querySelector(`[data-role="${first}"]`);
    if (!chip) return; // the answer to an edit before
    shot.root.removeEventListener("printlight:compiled", ask);
    chip.scrollIntoView({ block: "nearest" });
    chip.focus();
  };
  shot.root.addEventListener("printlight:compiled", ask);
  await shot.patch({ references });
}
