// Where the camera stands and what its frame takes in, as app/previz/view.py has it: plain arrays of three.
export const minus = (a, b) => a.map((value, axis) => value - b[axis]);
export const plus = (a, b, times = 1) => a.map((value, axis) => value + b[axis] * times);
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

export function unit(vector) {
  const length = Math.hypot(...vector);
  return length > 1e-6 ? vector.map((value) => value / length) : [0, 0, 1];
}

export function look(camera, aspect) {
  const forward = unit(minus(camera.target, camera.at));
  const steady = Math.abs(forward[1]) < 0.999 ? [0, 1, 0] : [0, 0, -1];
  const level = unit(cross(forward, steady));
  const upright = cross(level, forward);
  const roll = (camera.roll_deg * Math.PI) / 180;
  const up = plus(upright.map((value) => value * Math.cos(roll)), level, Math.sin(roll));
  const right = plus(level.map((value) => value * Math.cos(roll)), upright, -Math.sin(roll));
  const tanX = camera.gate_w_mm / (2 * camera.focal_mm);
  return { at: camera.at, right, up, forward, level, tanX, tanY: tanX / aspect };
}

// Across and down the frame, 0 to 1, and the distance along the lens; null behind the camera.
export function project(view, point) {
  const offset = minus(point, view.at);
  const depth = dot(offset, view.forward);
  if (depth < 1e-3) return null;
  return {
    x: 0.5 + dot(offset, view.right) / (2 * view.tanX * depth),
    y: 0.5 - dot(offset, view.up) / (2 * view.tanY * depth),
    depth,
  };
}

// A camera between two: `share` of the way from one moment to the next.
export function between(one, other, share) {
  const mixed = { ...one };
  for (const key of ["roll_deg", "focal_mm", "focus_m", "f_number", "gate_w_mm", "gate_h_mm", "white_balance_k"])
    mixed[key] = one[key] + (other[key] - one[key]) * share;
  for (const key of ["at", "target"]) mixed[key] = one[key].map((value, axis) => value + (other[key][axis] - value) * share);
  return mixed;
}
