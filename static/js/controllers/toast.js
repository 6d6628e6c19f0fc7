// Says what went wrong, in the words of the server where it has any.
export function complain(said, hint = "") {
  let text = said ?? "The studio did not answer.";
  try {
    const error = typeof said === "string" ? JSON.parse(said) : said;
    text = [error.message ?? text, error.hint].filter(Boolean).join(" ");
  } catch {
    text = [text, hint].filter(Boolean).join(" ");
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
  toast.append(words, close);
  document.querySelector("[data-toasts]").append(toast);
  setTimeout(() => toast.remove(), 12000);
}
