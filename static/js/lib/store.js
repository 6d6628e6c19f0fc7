// What this browser keeps: drafts first, then the histories of shots.
const HISTORIES = "printlight:history:";

/** Keep a text under a name. Where there is no room left, the histories of other shots go; false when it still fails. */
export function keep(name, text) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    for (const other of Object.keys(localStorage)) if (other.startsWith(HISTORIES) && other !== name) localStorage.removeItem(other);
  }
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

/** What is kept under a name as JSON, or null: nothing there, or nothing that can be read. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
