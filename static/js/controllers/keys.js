// Keys run commands. Which key runs which is one list, app/web/keys.py, and stands in every page.
export function bindKeys(commands) {
  const chords = JSON.parse(document.querySelector("[data-keys]").textContent);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const chord = chordOf(event);
    const run = commands[chords[chord]];
    if (!run) return;
    if (isTyping(event.target) && !isOverText(chord)) {
      if (chord.startsWith("Mod+")) ifNothingIsTyped(event.target, () => run(event));
      return;
    }
    event.preventDefault();
    run(event);
  });
}

function isTyping(target) {
  return target.matches?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select");
}

// The browser undoes what was typed in a field; where it knows of nothing, since the field was drawn anew, the page does.
function ifNothingIsTyped(field, run) {
  const before = field.value;
  setTimeout(() => field.value === before && run());
}

// Inside a text field its own keys go first: letters, and undo and redo of what is typed.
function isOverText(chord) {
  return chord.startsWith("Mod+") && !/[ZY]$/.test(chord);
}

function chordOf(event) {
  const third = event.getModifierState("AltGraph"); // how many keyboards write [ and ]
  const mod = (event.ctrlKey || event.metaKey) && !third;
  if (event.altKey && !third) return "";
  if (event.key.length > 1) return mod ? `Mod+${event.key}` : event.key;
  return mod ? `Mod+${event.shiftKey ? "Shift+" : ""}${event.key.toUpperCase()}` : event.key.toLowerCase();
}
