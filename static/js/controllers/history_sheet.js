// A contact sheet fills while its takes are made; where somebody stands on it is kept.
export function openContact(root) {
  if (!root.dataset.open) return;
  const source = new EventSource("/queue/events");
  let asking = false;
  let again = false;
  const refresh = async () => {
    again = asking;
    if (asking) return; // one question at a time: the newest answer is the one that stays
    asking = true;
    const text = await fetch(location.href).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    if (text) draw(root, text);
    asking = false;
    if (again) refresh();
    else if (!root.dataset.open) source.close();
  };
  source.addEventListener("queue", refresh);
  addEventListener("pagehide", () => source.close());
}

function draw(root, text) {
  const there = new DOMParser().parseFromString(text, "text/html").querySelector("[data-contact]");
  const focused = document.activeElement.closest("[data-contact] a")?.getAttribute("href");
  root.replaceChildren(...there.childNodes);
  root.dataset.open = there.dataset.open;
  if (focused) root.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}
