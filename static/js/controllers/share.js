// A link that carries a shot or a preset goes to the clipboard; what it cannot carry is named.
import { flash } from "../lib/flash.js";
import { send } from "../lib/server.js";
import { complain } from "./toast.js";

/** `first` runs before: a shot is saved as it stands. */
export function bindShare(buttons, first = async () => {}) {
  for (const button of buttons) button.addEventListener("click", () => copy(button, first));
}

async function copy(button, first) {
  try {
    await first();
    const { link, characters, left } = await (await send("POST", button.dataset.shareLink)).json();
    await navigator.clipboard.writeText(location.origin + link);
    flash(button, `Copied: ${characters.toLocaleString("en")} characters`, 3000);
    if (left.length) complain({ message: `The link is copied. Pictures stay here: ${left.join(", ")}.`, hint: "Save a file to send them too." });
  } catch (error) {
    complain(error.status === undefined ? { message: "The browser did not let go of the link.", hint: "Save a file instead." } : error);
  }
}
