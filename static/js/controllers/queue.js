// The queue as it changes, and a word from the browser when a batch ends.
export function openQueue(root) {
  const place = root.querySelector("[data-queue]");
  const button = root.querySelector("[data-notify]");
  let over = ended(place);
  const source = new EventSource("/queue/events");
  source.addEventListener("queue", async () => {
    const answer = await fetch("/queue/parts").catch(() => null);
    if (!answer?.ok || isTyping(place)) return;
    const focused = nameOf(document.activeElement);
    place.innerHTML = await answer.text();
    window.htmx?.process(place);
    if (focused) [...place.querySelectorAll("button, a")].find((one) => nameOf(one) === focused)?.focus();
    over = tell(place, over);
  });
  addEventListener("pagehide", () => source.close());
  if ("Notification" in window && Notification.permission === "default") {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await Notification.requestPermission();
      button.hidden = true;
    });
  }
}

function isTyping(place) {
  return place.contains(document.activeElement) && document.activeElement.matches("input");
}

function nameOf(one) {
  const line = one?.closest?.("[data-take], [data-batch]");
  return line ? `${line.dataset.take ?? line.dataset.batch} ${one.ariaLabel ?? one.textContent.trim()}` : "";
}

function ended(place) {
  return new Set([...place.querySelectorAll("[data-batch][data-over=yes]")].map((one) => one.dataset.batch));
}

function tell(place, before) {
  const now = ended(place);
  if ("Notification" in window && Notification.permission === "granted") {
    for (const one of place.querySelectorAll("[data-batch][data-over=yes]")) {
      if (!before.has(one.dataset.batch)) new Notification("Printlight", { body: `${one.dataset.name}: all takes have ended.`, icon: "/static/mark.svg" });
    }
  }
  return now;
}
