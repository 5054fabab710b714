// A labelled choice or note. Native elements: keyboard, screen reader and phone know them. Lab
// leaves the cell on arrow keys unless an input carries data-lm-suppress-shortcuts.
function render({ model, el }) {
  const note = model.get("kind") === "note";
  const field = document.createElement(note ? "textarea" : "select");
  field.id = `cio-${Math.random().toString(36).slice(2)}`;
  field.dataset.lmSuppressShortcuts = "true";
  if (note) field.rows = 4;
  else field.replaceChildren(...model.get("options").map((text) => new Option(text, text)));
  const label = document.createElement("label");
  label.textContent = model.get("label");
  label.htmlFor = field.id;
  const show = () => { field.value = model.get("value"); };
  field.addEventListener("change", () => {
    model.set("value", field.value);
    model.save_changes();
  });
  model.on("change:value", show);
  show();
  el.classList.add("cio-choice");
  el.replaceChildren(label, field);
}

export default { render };
