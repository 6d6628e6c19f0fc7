// A button says for a moment what it did, then its own words again; doing it again begins the moment anew.
const MOMENT_MS = 2000;
const own = new WeakMap();

export function flash(button, words, forMs = MOMENT_MS) {
  const before = own.get(button);
  clearTimeout(before?.timer);
  const label = before?.label ?? button.textContent;
  button.textContent = words;
  const timer = setTimeout(() => {
    own.delete(button);
    button.textContent = label;
  }, forMs);
  own.set(button, { label, timer });
}
