// Gives empty frames the ratio of their shot; a style attribute would need a looser content policy.
export function fitRatios(root) {
  for (const frame of root.querySelectorAll(".viewer-empty[data-ratio]")) frame.style.aspectRatio = frame.dataset.ratio;
}
