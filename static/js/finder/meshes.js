// Meshes as the studio sends them (app/previz/live_mesh.py tells the format): pieces of vertices with a finish.
const WIDTH = 4;

export async function load(request) {
  const answer = await fetch(request);
  if (!answer.ok) throw new Error(`The studio answered ${answer.status} for a mesh.`);
  return unpacked(await answer.arrayBuffer());
}

export function unpacked(file) {
  const length = new DataView(file).getUint32(0, true);
  let at = 4 + length;
  return JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length))).map((piece) => {
    const take = (Kind, count) => {
      const values = new Kind(file, at, count);
      at += 4 * Math.ceil(values.byteLength / 4);
      return values;
    };
    const places = take(Uint16Array, piece.points * WIDTH);
    const normals = take(Int8Array, piece.points * WIDTH);
    const paint = take(Uint8Array, piece.points * WIDTH);
    const corners = take(piece.wide ? Uint32Array : Uint16Array, piece.corners);
    return {
      finish: piece.finish,
      points: threes(places, (value, axis) => piece.low[axis] + (value / 65535) * piece.span[axis]),
      normals: threes(normals, (value) => value / 127),
      colours: threes(paint, (value) => (value / 255) ** 2 * piece.peak),
      corners,
    };
  });
}

function threes(values, read) {
  const out = new Float32Array((values.length / WIDTH) * 3);
  for (let row = 0; row * WIDTH < values.length; row++)
    for (let axis = 0; axis < 3; axis++) out[row * 3 + axis] = read(values[row * WIDTH + axis], axis);
  return out;
}
