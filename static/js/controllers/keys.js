// Keys of the shot page. Single keys act only outside of fields.
import { shoot } from "./takes.js";

export function bindKeys(shot) {
  addEventListener("keydown", (event) => {
    const command = event.metaKey || event.ctrlKey;
    const typing = event.target.matches?.("input, textarea, select");
    if (command && event.key === "Enter") act(event, () => shoot(shot, document.querySelector("[data-shoot]")));
    else if (command && event.key.toLowerCase() === "z" && !typing) act(event, () => (event.shiftKey ? shot.redo() : shot.undo()));
    else if (!command && !typing && !event.altKey) single(shot, event);
  });
}

function single(shot, event) {
  const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (link) act(event, () => link.click());
  else if (/^[0-9]$/.test(event.key)) {
    const strips = [...shot.root.querySelectorAll(".strip")];
    const strip = strips[(Number(event.key) + 9) % 10];
    if (strip) act(event, () => open(strip));
  }
}

function open(strip) {
  strip.open = true;
  strip.scrollIntoView({ block: "start" });
  strip.querySelector("summary").focus();
}

function act(event, run) {
  event.preventDefault();
  run();
}
