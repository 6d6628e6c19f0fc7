// A contact sheet fills while its takes are made; where somebody stands on it is kept.
export function openContact(root) {
  if (!root.dataset.open) return;
  const source = new EventSource("/queue/events");
  source.addEventListener("queue", async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-contact]");
    const focused = document.activeElement.closest("[data-contact] a")?.getAttribute("href");
    root.replaceChildren(...there.childNodes);
    if (focused) root.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    if (!there.dataset.open) source.close();
  });
  addEventListener("pagehide", () => source.close());
}
