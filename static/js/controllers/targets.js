// The models: the matrix is filtered while somebody types, and walked by keyboard.
export function openTargets(root) {
  const form = root.querySelector("[data-filter]");
  const box = form.querySelector("[data-box]");
  form.addEventListener("input", () => filter(root, form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rows(root)[0]?.querySelector("a").click();
  });
  root.addEventListener("keydown", (event) => walk(root, box, event));
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || event.target.matches?.("input[type=search], textarea, select")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  filter(root, form);
}

function filter(root, form) {
  const typed = new FormData(form);
  const words = typed.get("q").toLowerCase().split(/\s+/).filter(Boolean);
  const medium = typed.get("medium");
  for (const row of root.querySelectorAll("[data-words]")) {
    row.hidden = Boolean(medium && row.dataset.medium !== medium) || !words.every((word) => row.dataset.words.includes(word));
  }
  for (const group of root.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-words]:not([hidden])");
  const [shown, all] = [rows(root).length, root.querySelectorAll("[data-words]").length];
  root.querySelector("[data-count]").textContent = shown === all ? "" : `${shown} of ${all}`;
  root.querySelector("[data-none]").hidden = shown > 0;
  const query = new URLSearchParams([...typed].filter(([, value]) => value)).toString();
  history.replaceState(null, "", query ? `/targets?${query}` : "/targets");
}

function rows(root) {
  return [...root.querySelectorAll("[data-words]:not([hidden])")];
}

function walk(root, box, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = rows(root).map((row) => row.querySelector("a"));
  const at = links.indexOf(event.target);
  if (!step || (event.target !== box && at < 0)) return;
  event.preventDefault();
  (at + step < 0 ? box : (links[at + step] ?? event.target)).focus();
}

// One shot before many models: at most some stand beside each other, and their names in the address.
export function openComparison(root) {
  const form = root.querySelector("[data-chooser]");
  if (!form) return;
  const most = Number(root.dataset.most);
  form.addEventListener("change", () => limit(form, most));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(`${form.action}?for=${ticked(form).join(",")}`);
  });
  limit(form, most);
  const cells = [...root.querySelectorAll("[data-why]")];
  if (cells.length) cells[0].tabIndex = 0;
  root.querySelector("[data-heard]").addEventListener("keydown", (event) => step(event));
}

function ticked(form) {
  return [...form.querySelectorAll("input:checked")].map((one) => one.value);
}

function limit(form, most) {
  const count = ticked(form).length;
  for (const one of form.querySelectorAll("input[type=checkbox]")) one.disabled = count >= most && !one.checked;
  form.querySelector("[data-chosen]").textContent = `${count} of ${most} chosen.`;
  form.querySelector("button").disabled = count === 0;
}

// Arrow keys go to the next cell in that direction that has something to say.
function step(event) {
  const by = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const from = event.target.closest("[data-why]");
  if (!by || !from) return;
  event.preventDefault();
  const lines = [...from.closest("table").querySelectorAll(".heard-row")];
  let [row, column] = [lines.indexOf(from.closest("tr")), from.closest("td").cellIndex];
  let to = null;
  do {
    row += by[0];
    column += by[1];
    to = lines[row]?.cells[column];
  } while (to && !to.querySelector("[data-why]"));
  const next = to?.querySelector("[data-why]");
  if (!next) return;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
