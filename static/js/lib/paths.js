// Dotted paths into a shot: get, set (a null or empty value clears), and RFC 7386 merge.
export function read(document, path) {
  return path.split(".").reduce((node, key) => node?.[key], document);
}

export function write(document, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  const trail = [];
  let node = document;
  for (const key of keys) {
    trail.push([node, key]);
    node = node[key] ??= {};
  }
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) delete node[last];
  else node[last] = value;
  // An emptied group goes; an entry of a map stays, because it is there even when nothing is said of it.
  for (const [parent, key] of trail.reverse()) {
    if (Object.keys(parent[key]).length || isEntry(trail, parent, document)) break;
    delete parent[key];
  }
}

function isEntry(_trail, parent, document) {
  return ["subjects", "lights", "references", "beats"].some((map) => document[map] === parent);
}

export function merge(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const merged = target && typeof target === "object" && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}
