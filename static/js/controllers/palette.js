// Everything by name, in one list: commands, shots, models, departments and fields. And the list of keys.
import { ask, fetchJson } from "../lib/server.js";
import { listed, runs } from "./commands.js";
import { bindKeys } from "./keys.js";
import { complain } from "./toast.js";

const MOST = 60;

export function bindPalette(shot) {
  const palette = new Palette(shot);
  bindKeys(palette.run);
  document.querySelector("[data-palette]").addEventListener("click", () => palette.open());
}

class Palette {
  constructor(shot) {
    this.shot = shot;
    this.run = runs(shot, this);
  }

  async open() {
    this.entries = listed(this.shot, this.run);
    this.show(`<form class="palette" method="dialog"><input class="input" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-label="What to do or where to go" autocomplete="off" spellcheck="false" placeholder="a command, a shot, a model, a field"><ul id="palette-list" class="palette-list" role="listbox" aria-label="Found" tabindex="-1"></ul><p class="palette-none dim" role="status"></p></form>`);
    this.input = this.dialog.querySelector("input");
    this.list = this.dialog.querySelector("ul");
    this.input.addEventListener("input", () => this.find());
    this.dialog.addEventListener("keydown", (event) => this.steer(event));
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    this.find();
    try {
      const { chords, shots } = await fetchJson("/keys/commands");
      this.chords = chords;
      this.entries.splice(this.shot ? 15 : 0, 0, ...shots.map((one) => ({ label: one.label, of: one.of, run: () => location.assign(one.url) })));
      this.find();
    } catch (error) {
      complain(error); // what this page has is listed all the same
    }
  }

  async help() {
    try {
      const list = await (await ask("/keys/list", { headers: { Accept: "text/html" } })).text();
      this.show(`<form class="dialog-form" method="dialog"><div class="dialog-head"><h2>Keys</h2><button class="button is-quiet" aria-label="Close">×</button></div><div class="dialog-body keys-all" tabindex="0" role="region" aria-label="All keys">${list.replaceAll("<h2", "<h3").replaceAll("</h2>", "</h3>")}</div></form>`);
    } catch (error) {
      complain(error);
    }
  }

  show(html) {
    this.back = document.activeElement;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "dialog";
    this.dialog.setAttribute("aria-label", html.includes("palette") ? "Commands" : "Keys");
    this.dialog.innerHTML = html;
    this.dialog.addEventListener("close", () => this.shut());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  shut() {
    this.dialog.remove();
    if (document.activeElement === document.body) this.back?.focus({ preventScroll: true });
    const { chosen } = this;
    this.chosen = null;
    chosen?.run();
  }

  find() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.entries
      .map((entry, at) => ({ entry, at, cost: cost(entry, words) }))
      .filter((one) => one.cost < Infinity)
      .sort((a, b) => a.cost - b.cost || a.at - b.at)
      .slice(0, MOST);
    this.found = found.map((one) => one.entry);
    if (words.length) this.found.push({ label: `Search for ${this.input.value.trim()}`, of: "All films", run: searchFor(this.input.value) });
    this.list.replaceChildren(...this.found.map((entry, at) => this.row(entry, at)));
    this.dialog.querySelector(".palette-none").textContent = found.length ? "" : "Nothing has that name. The search looks into every shot.";
    this.mark(this.list.firstElementChild);
  }

  row({ label, of, id }, at) {
    const row = document.createElement("li");
    row.id = `palette-${at}`;
    row.setAttribute("role", "option");
    const name = document.createElement("span");
    name.textContent = label;
    const where = document.createElement("span");
    where.className = "dim";
    where.textContent = of;
    row.append(name, where);
    if (this.chords?.[id]) {
      const chord = document.createElement("kbd");
      chord.textContent = this.chords[id];
      row.append(chord);
    }
    return row;
  }

  mark(row) {
    for (const one of this.list.children) one.setAttribute("aria-selected", one === row);
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  steer(event) {
    const rows = [...this.list.children];
    const at = rows.findIndex((one) => one.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step && rows.length) this.mark(rows[Math.abs(step) === 1 ? (at + step + rows.length) % rows.length : Math.min(rows.length - 1, Math.max(0, at + step))]);
    else if (event.key === "Enter") this.take(rows[at]);
    else if (!step) return;
    event.preventDefault();
  }

  take(row) {
    if (!row) return;
    this.chosen = this.found[[...this.list.children].indexOf(row)];
    this.dialog.close();
  }
}

function searchFor(words) {
  return () => location.assign(`/search?${new URLSearchParams({ q: words })}`);
}

// How far a name is from what is typed: each word begins it, begins a word of it, stands in it, or its letters do in order.
function cost({ label, of }, words) {
  const name = label.toLowerCase();
  const all = `${name} ${of.toLowerCase()}`;
  return words.reduce((sum, word) => sum + one(name, all, word), 0);
}

function one(name, all, word) {
  if (name.startsWith(word)) return 0;
  if (` ${name}`.includes(` ${word}`)) return 1;
  if (` ${all}`.includes(` ${word}`)) return 2;
  if (all.includes(word)) return 3;
  let at = -1;
  let gaps = 0;
  for (const letter of word) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0) return Infinity;
    gaps += at < 0 ? 0 : next - at - 1;
    at = next;
  }
  return gaps <= 2 * word.length ? 4 + gaps / 10 : Infinity;
}
