// Several takes at once: so many, one field varied, or a chain of changes. The shot is saved first.
import { send } from "../lib/server.js";

export function bindOrder(shot) {
  const dialog = document.querySelector("[data-order]");
  const form = dialog.querySelector("[data-order-form]");
  const problem = dialog.querySelector("[data-order-problem]");
  document.querySelector("[data-order-open]").addEventListener("click", () => {
    problem.hidden = true;
    dialog.showModal();
  });
  for (const one of dialog.querySelectorAll("[data-close]")) one.addEventListener("click", () => dialog.close());
  form.addEventListener("input", (event) => {
    const kind = event.target.closest(".order-kind")?.querySelector("input[type=radio]");
    if (kind) kind.checked = true;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      await shot.settle();
      await send("POST", `${shot.url}/batches`, asked(form, shot));
      dialog.close();
    } catch (error) {
      problem.textContent = [error.message, error.hint].filter(Boolean).join(" ");
      problem.hidden = false;
    }
  });
}

function asked(form, shot) {
  const said = Object.fromEntries(new FormData(form));
  const budget = said.budget.trim().replace(/^\$/, "").replace(",", ".");
  return {
    kind: said.kind,
    count: Number(said.count) || 1,
    path: said.path ?? "",
    values: said.values,
    second_path: said.second_path,
    second_values: said.second_values,
    target: shot.target.value,
    backend: shot.backend.value,
    wording: shot.wording,
    budget_usd: budget ? Number(budget) : null,
  };
}
