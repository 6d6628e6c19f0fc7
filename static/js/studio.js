// Starts what the page has a place for.
import { fitRatios } from "./controllers/ratio.js";
import { openShot } from "./controllers/shot.js";
import { openTerms } from "./controllers/terms.js";
import { switchTheme } from "./controllers/theme.js";
import { complain } from "./controllers/toast.js";

fitRatios(document);
switchTheme(document.querySelector("[data-theme-switch]"));
const shot = document.querySelector("[data-shot]");
if (shot) openShot(shot);
const terms = document.querySelector("[data-terms]");
if (terms) openTerms(terms);

document.addEventListener("htmx:response:error", (event) => complain(event.detail?.ctx?.text));
