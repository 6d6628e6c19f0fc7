// The frames of a film's board: a card in sight shows its light plan until the previz has drawn it, and asks how its
// frame stands; one that is scrolled away asks no more, and the studio forgets it. The page itself waits for none.
// What is returned watches one more picture.
const AGAIN_MS = 2500;

export function bindFrames(board) {
  const seen = new Set();
  let waiting = null;
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      isIntersecting ? seen.add(target) : seen.delete(target);
      if (isIntersecting && target.src.startsWith("data:")) target.src = target.dataset.frame;
    }
    if (seen.size && !waiting) waiting = setTimeout(turn, AGAIN_MS / 5);
  });
  for (const picture of board.querySelectorAll("img[data-frame]")) watch.observe(picture);
  return (picture) => watch.observe(picture);

  async function turn() {
    if (!document.hidden) for (const picture of [...seen]) await look(picture);
    waiting = seen.size ? setTimeout(turn, AGAIN_MS) : null;
  }

  async function look(picture) {
    const answer = await fetch(picture.dataset.frame, { method: "HEAD" }).catch(() => null);
    const stands = answer?.headers.get("Printlight-Frame");
    if (stands === "drawn") picture.src = `${picture.dataset.frame}?of=${answer.headers.get("ETag").replace(/\W/g, "")}`;
    if (stands === "waiting" || !answer?.ok) return;
    watch.unobserve(picture);
    seen.delete(picture);
  }
}
