// Lines over the frame, each switched by itself and kept from visit to visit. The picture is `wide` by `high` pixels.
import { box, draw, line } from "./drawing.js";

const KEPT = "printlight:guides";
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const ACTION = 0.93;
const TITLE = 0.9; // SMPTE ST 2046-1

const grid = (near, far) => (wide, high) =>
  [near, far].flatMap((share) => [line(wide * share, 0, wide * share, high), line(0, high * share, wide, high * share)]);

const inset = (wide, high, share, kind) => box((wide * (1 - share)) / 2, (high * (1 - share)) / 2, wide * share, high * share, kind);

export const GUIDES = {
  thirds: { label: "Thirds", lines: grid(1 / 3, 2 / 3) },
  golden: { label: "Golden section", lines: grid(1 - GOLDEN, GOLDEN) },
  centre: {
    label: "Centre",
    lines: (wide, high) => [
      line(wide / 2 - 14, high / 2, wide / 2 + 14, high / 2),
      line(wide / 2, high / 2 - 14, wide / 2, high / 2 + 14),
      line(wide / 2, 0, wide / 2, 8),
      line(wide / 2, high - 8, wide / 2, high),
    ],
  },
  safe: {
    label: "Safe areas",
    lines: (wide, high) => [inset(wide, high, ACTION), inset(wide, high, TITLE, "is-dashed")],
  },
  headroom: {
    label: "Headroom",
    lines: (wide, high, { crown }) => {
      if (crown === null || crown <= 0 || crown >= 1) return [];
      return [line(0, high * crown, wide, high * crown, "is-dashed"), ["text", { x: 8, y: Math.max(13, high * crown - 5) }, `headroom ${Math.round(crown * 100)} %`]];
    },
  },
  protect: { label: "Protect ratio", lines: (wide, high, { protect }) => (protect ? protected_(wide, high, protect) : []) },
};

// Frame lines of another ratio inside this one; what lies outside is dimmed.
function protected_(wide, high, ratio) {
  const narrow = Math.min(wide, high * ratio);
  const low = Math.min(high, wide / ratio);
  const [x, y] = [(wide - narrow) / 2, (high - low) / 2];
  const outside = x > y ? [box(0, 0, x, high, "is-outside"), box(wide - x, 0, x, high, "is-outside")] : [box(0, 0, wide, y, "is-outside"), box(0, high - y, wide, y, "is-outside")];
  return [...outside, box(x, y, narrow, low), ["text", { x: x + 8, y: y + low - 8 }, `${ratio.toFixed(2)}:1`]];
}

export function kept() {
  try {
    const names = JSON.parse(localStorage.getItem(KEPT) ?? '["protect"]');
    return new Set(Array.isArray(names) ? names.filter((name) => name in GUIDES) : []);
  } catch {
    return new Set(["protect"]);
  }
}

export function keep(names) {
  localStorage.setItem(KEPT, JSON.stringify([...names]));
}

// Fills the row of switches; `changed` is called with every switch.
export function offer(place, shown, changed) {
  for (const [name, { label }] of Object.entries(GUIDES)) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button is-small", textContent: label });
    button.dataset.guide = name;
    button.setAttribute("aria-pressed", shown.has(name));
    button.addEventListener("click", () => {
      shown.has(name) ? shown.delete(name) : shown.add(name);
      button.setAttribute("aria-pressed", shown.has(name));
      keep(shown);
      changed();
    });
    place.append(button);
  }
}

export function drawGuides(svg, shown, wide, high, state) {
  svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  const { level } = state;
  const lines = [...shown].flatMap((name) => GUIDES[name].lines(wide, high, state));
  draw(svg, [...lines, line(level.from[0] * wide, level.from[1] * high, level.to[0] * wide, level.to[1] * high, "is-level")]);
}
