// Starts what the page has a place for.
import { bindAgainst } from "./controllers/against.js";
import { bindBoard } from "./controllers/board.js";
import { bindFrames } from "./controllers/frames.js";
import { bindImport } from "./controllers/import.js";
import { bindPalette } from "./controllers/palette.js";
import { bindPaste } from "./controllers/paste.js";
import { fitRatios } from "./controllers/ratio.js";
import { bindMenus } from "./controllers/menu.js";
import { openQueue } from "./controllers/queue.js";
import { openScene } from "./controllers/scene.js";
import { openShot } from "./controllers/shot.js";
import { openComparison, openTargets } from "./controllers/targets.js";
import { bindTake } from "./controllers/take.js";
import { openTerms } from "./controllers/terms.js";
import { bindSettings } from "./controllers/settings.js";
import { switchTheme } from "./controllers/theme.js";
import { complain } from "./controllers/toast.js";
import { bindTour } from "./controllers/tour.js";
import { bindWorkflow } from "./controllers/workflow.js";

fitRatios(document);
switchTheme(document.querySelector("[data-theme-switch]"));
const shot = document.querySelector("[data-shot]");
bindPalette(shot ? openShot(shot) : null);
const queue = document.querySelector("[data-queue-page]");
if (queue) openQueue(queue);
const terms = document.querySelector("[data-terms]");
if (terms) openTerms(terms);
const models = document.querySelector("[data-models]");
if (models) openTargets(models);
const comparison = document.querySelector("[data-compare]");
if (comparison) openComparison(comparison);
const importing = document.querySelector("[data-import]");
if (importing) bindImport(importing, document.querySelector("[data-import-open]"));
const pasting = document.querySelector("[data-paste]");
if (pasting) bindPaste(pasting, document.querySelector("[data-paste-open]"));
const take = document.querySelector("[data-take-page]");
if (take) bindTake(take);
const board = document.querySelector("[data-board]");
if (board) {
  bindBoard(board);
  bindFrames(board);
}
bindMenus(document.querySelectorAll("[data-menu]"));
bindTour([...document.querySelectorAll("[data-tour]")]);
const settings = document.querySelector("[data-settings]");
if (settings) bindSettings(settings);
const against = document.querySelector("[data-against]");
if (against) bindAgainst(against);
const scene = document.querySelector("[data-scene]");
if (scene) openScene(scene);
const workflow = document.querySelector("[data-workflow]");
if (workflow) bindWorkflow(workflow);
document.querySelector("[data-print]")?.addEventListener("click", () => print());

document.addEventListener("submit", (event) => {
  const sure = event.target.dataset.sure;
  if (sure && !confirm(sure)) event.preventDefault();
});
document.addEventListener("htmx:response:error", (event) => complain(event.detail?.ctx?.text));
