// Dotted paths into a shot: get, set (a null or empty value clears); RFC 7386 merge, and the patch between two shots.
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

/** The patch that turns one value into another. */
export function diff(before, after) {
  if (!isGroup(before) || !isGroup(after)) return after;
  const patch = {};
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    if (!(key in before)) patch[key] = value;
    else if (JSON.stringify(before[key]) !== JSON.stringify(value)) {
      const change = diff(before[key], value);
      if (!isGroup(change) || !isGroup(before[key]) || Object.keys(change).length) patch[key] = change;
    }
  }
  return patch;
}

/** The patch that sets one path. */
export function at(path, value) {
  return path.split(".").reduceRight((patch, key) => ({ [key]: patch }), value);
}

function isGroup(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
