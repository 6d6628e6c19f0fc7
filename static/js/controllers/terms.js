// The vocabulary: results while somebody types, and pages that are walked by keyboard.
const PAUSE_MS = 70;

export function openTerms(root) {
  const form = root.querySelector("[data-find]");
  if (form) new Find(root, form);
  addEventListener("keydown", (event) => press(event, form));
}

// Single keys act only outside of fields: / goes to the box, [ and ] to the neighbours.
function press(event, form) {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.matches?.("input, textarea, select")) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
  if (event.key === "/" && form) {
    event.preventDefault();
    const box = form.querySelector("[data-box]");
    box.focus();
    box.select();
  } else if (link) link.click();
}

class Find {
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.box = form.querySelector("[data-box]");
    this.asked = this.url;
    this.box.addEventListener("input", () => this.wait());
    form.addEventListener("submit", (event) => this.open(event));
    root.addEventListener("keydown", (event) => this.walk(event));
    addEventListener("popstate", () => location.reload());
  }

  get url() {
    const typed = new URLSearchParams(new FormData(this.form));
    return `/terms?${typed}`;
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  /** Ask for what is typed by now; an answer that comes late is not shown. */
  async ask() {
    const typed = this.box.value.trim();
    const asked = this.url;
    this.asked = asked;
    let fresh = null;
    if (typed) {
      const answer = await fetch(asked, { headers: { Accept: "text/html" } }).catch(() => null);
      if (!answer?.ok || this.asked !== asked) return;
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-results]");
      if (this.asked !== asked) return;
    }
    this.show(fresh, typed ? asked : "");
  }

  show(fresh, url) {
    const place = this.root.querySelector("[data-results]");
    place.replaceChildren(...(fresh?.childNodes ?? []));
    for (const one of this.root.querySelectorAll("[data-index]")) one.hidden = Boolean(fresh);
    this.address ??= location.pathname;
    history.replaceState(null, "", url || (this.address.startsWith("/terms/") ? this.address : "/terms"));
  }

  get results() {
    return [...this.root.querySelectorAll("a[data-result]")].filter((one) => one.checkVisibility());
  }

  /** Enter in the box opens the best result, once the results are those of what stands in it. */
  open(event) {
    const best = this.results[0];
    if (!this.box.value.trim() || this.asked !== this.url || !best) return;
    event.preventDefault();
    best.click();
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = this.results.indexOf(event.target);
    if (!step || (event.target !== this.box && at < 0)) return;
    event.preventDefault();
    (at + step < 0 ? this.box : (this.results[at + step] ?? event.target)).focus();
  }
}
