// A mask whose edge fades over `reach` pixels: three box blurs, which come close to a Gaussian.
export function feathered(mask, width, height, reach) {
  const radius = Math.round(reach / 3);
  if (!radius) return mask;
  let from = Float32Array.from(mask);
  let to = new Float32Array(from.length);
  for (let pass = 0; pass < 3; pass++) {
    blur(from, to, width, height, 1, width, radius);
    blur(to, from, height, width, width, 1, radius);
  }
  return Uint8ClampedArray.from(from, Math.round);
}

// One box blur along lines of `length` pixels that lie `step` apart; what lies outside is as the edge.
function blur(from, to, length, lines, step, next, radius) {
  for (let line = 0; line < lines; line++) {
    const at = (i) => line * next + Math.min(length - 1, Math.max(0, i)) * step;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += from[at(i)];
    for (let i = 0; i < length; i++) {
      to[at(i)] = sum / (2 * radius + 1);
      sum += from[at(i + radius + 1)] - from[at(i - radius)];
    }
  }
}
