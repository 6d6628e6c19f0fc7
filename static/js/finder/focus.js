// What is in focus, from the lens on the left to the far wall on the right, by the logarithm of the distance.
import { box, draw } from "./drawing.js";

const EDGE = 10;

export function drawFocus(svg, words, focus) {
  words.textContent = focus.words;
  const wide = svg.clientWidth || 600;
  svg.setAttribute("viewBox", `0 0 ${wide} 34`);
  const subjects = focus.subjects.filter(([, at]) => at > 0);
  const marks = [focus.near_m, focus.far_m ?? focus.near_m * 4, focus.focus_m, ...subjects.map(([, at]) => at)];
  const low = Math.log(Math.max(0.02, Math.min(...marks) * 0.6));
  const high = Math.log(Math.max(...marks) * 1.6);
  const x = (metres) => EDGE + ((Math.log(Math.max(metres, 0.02)) - low) / (high - low)) * (wide - 2 * EDGE);
  const far = focus.far_m === null ? wide - EDGE : x(focus.far_m);
  const near = x(focus.near_m);
  const told = (metres) => (metres < 1 ? `${Math.round(metres * 100)} cm` : `${metres.toFixed(metres < 10 ? 2 : 0)} m`);
  const apart = far - near > 110;
  const limits = apart
    ? [
        ["text", { x: near, y: 32, "text-anchor": "start" }, told(focus.near_m)],
        ["text", { x: far, y: 32, "text-anchor": "end" }, focus.far_m === null ? "∞" : told(focus.far_m)],
      ]
    : [
        ["text", { x: near - 4, y: 32, "text-anchor": "end" }, told(focus.near_m)],
        ["text", { x: far + 4, y: 32, "text-anchor": "start" }, focus.far_m === null ? "∞" : told(focus.far_m)],
      ];
  let taken = -Infinity;
  const names = [...subjects].sort((one, other) => one[1] - other[1]).flatMap(([name, at]) => {
    const place = x(at);
    const free = place - taken > 8 + 6 * name.length;
    if (free) taken = place;
    const anchor = place > wide - 60 ? "end" : place < 60 ? "start" : "middle";
    const label = free ? [["text", { x: place, y: 9, "text-anchor": anchor, class: "is-name" }, name]] : [];
    return [["circle", { cx: place, cy: 17, r: 3.5, class: "is-mark" }], ...label];
  });
  draw(svg, [
    ["line", { x1: EDGE, y1: 17, x2: wide - EDGE, y2: 17 }],
    box(near, 13, Math.max(2, far - near), 8, "is-sharp"),
    ["line", { x1: x(focus.focus_m), y1: 11, x2: x(focus.focus_m), y2: 23, class: "is-plane" }],
    ...names,
    ...limits,
  ]);
}
