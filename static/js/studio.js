// Starts what the page has a place for.
import { bindImport } from "./controllers/import.js";
import { bindPalette } from "./controllers/palette.js";
import { bindPaste } from "./controllers/paste.js";
import { fitRatios } from "./controllers/ratio.js";
import { openQueue } from "./controllers/queue.js";
import { openScene } from "./controllers/scene.js";
import { openShot } from "./controllers/shot.js";
import { openComparison, openTargets } from "./controllers/targets.js";
import { openTerms } from "./controllers/terms.js";
import { switchTheme } from "./controllers/theme.js";
import { complain } from "./controllers/toast.js";
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
const scene = document.querySelector("[data-scene]");
if (scene) openScene(scene);
const workflow = document.querySelector("[data-workflow]");
if (workflow) bindWorkflow(workflow);

document.addEventListener("submit", (event) => {
  const sure = event.target.dataset.sure;
  if (sure && !confirm(sure)) event.preventDefault();
});
document.addEventListener("htmx:response:error", (event) => complain(event.detail?.ctx?.text));
