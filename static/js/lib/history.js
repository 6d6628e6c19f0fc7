// The steps of one shot, as patches that lead back: undo and redo without end, and after a reload.
import { diff, merge } from "./paths.js";
import { keep, kept } from "./store.js";

const MOST_LETTERS = 200_000; // a step has about 60, so some 3,000 of them outlive a reload

export class History {
  constructor(shot) {
    this.name = `printlight:history:${shot}`;
    this.done = [];
    this.undone = [];
    this.before = null;
  }

  /** A step begins: what is undone is forgotten. */
  begin(document) {
    this.close(document);
    this.before = JSON.stringify(document);
    this.undone = [];
  }

  /** The document a step earlier, or null. */
  undo(document) {
    this.close(document);
    return step(document, this.done, this.undone);
  }

  redo(document) {
    this.close(document);
    return step(document, this.undone, this.done);
  }

  close(document) {
    this.done = this.closed(document);
    this.before = null;
  }

  closed(document) {
    const back = this.before === null ? {} : diff(document, JSON.parse(this.before));
    return Object.keys(back).length ? [...this.done, structuredClone(back)] : this.done;
  }

  /** Keep the steps for the next page, the newest ones where there are very many. */
  keep(document, version) {
    const done = [...this.closed(document)];
    const written = () => JSON.stringify({ version, at: document, done, undone: this.undone });
    let text = written();
    while (text.length > MOST_LETTERS && done.length) {
      done.splice(0, Math.ceil(done.length / 4));
      text = written();
    }
    keep(this.name, text);
  }

  /** Take up the steps of an earlier page. A shot that was changed elsewhere since is one more step. */
  resume(document, version) {
    const held = kept(this.name);
    if (!held) return;
    this.done = held.done;
    this.undone = held.undone;
    if (held.version === version) return;
    const back = diff(document, held.at);
    if (!Object.keys(back).length) return;
    this.done.push(back);
    this.undone = [];
  }
}

function step(document, from, to) {
  const patch = from.pop();
  if (!patch) return null;
  const next = merge(document, patch);
  to.push(structuredClone(diff(next, document)));
  return next;
}
