// SVG from plain descriptions: a style attribute would need a looser content policy.
const SVG = "http://www.w3.org/2000/svg";

export function draw(root, parts) {
  root.replaceChildren(
    ...parts.map(([name, attributes, text]) => {
      const node = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      if (text !== undefined) node.textContent = text;
      return node;
    }),
  );
}

export const line = (x1, y1, x2, y2, kind = "") => ["line", { x1, y1, x2, y2, class: kind }];
export const box = (x, y, width, height, kind = "") => ["rect", { x, y, width: Math.max(0, width), height: Math.max(0, height), class: kind }];
