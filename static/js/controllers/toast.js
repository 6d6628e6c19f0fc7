// Says what went wrong, in the words of the server where it has any.
// An offer is a button: {label, run}; a toast with one stays until it is answered.
export function complain(said, ...offers) {
  let text = said ?? "The studio did not answer.";
  try {
    const error = typeof said === "string" ? JSON.parse(said) : said;
    text = [error.message ?? text, error.hint].filter(Boolean).join(" ");
  } catch {
    text = String(text);
  }
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.className = "mark";
  close.type = "button";
  close.ariaLabel = "Close";
  close.textContent = "×";
  close.addEventListener("click", () => toast.remove());
  toast.append(words, ...offers.map((offer) => answer(offer, toast)), close);
  document.querySelector("[data-toasts]").append(toast);
  if (!offers.length) setTimeout(() => toast.remove(), 12000);
}

function answer(offer, toast) {
  const button = document.createElement("button");
  button.className = "button is-small";
  button.type = "button";
  button.textContent = offer.label;
  button.addEventListener("click", () => {
    toast.remove();
    offer.run();
  });
  return button;
}
