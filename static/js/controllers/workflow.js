// A workflow's file is read as soon as it is chosen or dropped; without this, by its button.
export function bindWorkflow(form) {
  const file = form.querySelector("[data-workflow-file]");
  const drop = form.querySelector("[data-workflow-drop]");
  const read = () => file.files.length && form.requestSubmit(form.querySelector("[data-workflow-read]"));
  file.addEventListener("change", read);
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", name === "dragover");
      if (name !== "drop" || !event.dataTransfer.files.length) return;
      file.files = event.dataTransfer.files;
      read();
    });
  }
}
