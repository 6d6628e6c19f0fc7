// The order of a film's shots: dragged, or moved by the buttons of a card.
import { sendForm } from "../lib/server.js";
import { complain } from "./toast.js";

export function bindBoard(board) {
  const told = document.querySelector("[data-board-told]");
  let held = null;
  board.addEventListener("click", (event) => {
    const by = Number(event.target.closest("[data-move]")?.dataset.move);
    if (!by) return;
    const one = event.target.closest("li");
    const other = by < 0 ? one.previousElementSibling : one.nextElementSibling;
    if (!other) return;
    put(board, one, by < 0 ? other : other.nextElementSibling, told);
    event.target.closest("[data-move]").focus();
  });
  board.addEventListener("dragstart", (event) => {
    held = event.target.closest("li");
    held.classList.add("is-held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.id);
  });
  board.addEventListener("dragover", (event) => {
    if (!held) return;
    event.preventDefault();
    mark(board, place(board, held, event));
  });
  board.addEventListener("drop", (event) => {
    if (!held) return;
    event.preventDefault();
    const before = place(board, held, event);
    if (before !== undefined) put(board, held, before, told);
  });
  board.addEventListener("dragend", () => {
    held?.classList.remove("is-held");
    held = null;
    mark(board);
  });
}

// The card before which one would land: the one under the pointer, or the next when it is past the middle.
function place(board, held, event) {
  const over = event.target.closest("li");
  if (!over || over === held) return undefined;
  const { left, width } = over.getBoundingClientRect();
  const before = event.clientX < left + width / 2 ? over : over.nextElementSibling;
  return before === held || (before ?? null) === held.nextElementSibling ? undefined : before;
}

function mark(board, before) {
  for (const one of board.children) one.classList.toggle("is-before", one === before);
}

async function put(board, one, before, told) {
  const was = one.nextElementSibling;
  board.insertBefore(one, before);
  try {
    await sendForm("POST", `/shots/${one.id}/place`, { before: before?.id ?? "" });
    told.textContent = `${one.querySelector(".card-name").textContent} is now shot ${[...board.children].indexOf(one) + 1} of ${board.children.length}.`;
  } catch (error) {
    board.insertBefore(one, was);
    complain(error);
  }
}
