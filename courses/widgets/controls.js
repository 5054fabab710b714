// A labelled number: slider and number box side by side, both reachable by keyboard.
// Lab leaves the cell on arrow keys unless an input carries data-lm-suppress-shortcuts.
function input(type, id, model) {
  const node = document.createElement("input");
  node.type = type;
  node.id = id;
  for (const name of ["min", "max", "step"]) node[name] = model.get(name);
  node.dataset.lmSuppressShortcuts = "true";
  return node;
}

function render({ model, el }) {
  const id = `cio-${Math.random().toString(36).slice(2)}`;
  const label = document.createElement("label");
  label.textContent = model.get("label");
  label.htmlFor = `${id}-box`;
  const slider = input("range", `${id}-slider`, model);
  slider.setAttribute("aria-label", model.get("label"));
  const box = input("number", `${id}-box`, model);
  const show = () => { slider.value = model.get("value"); box.value = model.get("value"); };
  const commit = (source) => {
    const value = Number(source.value);
    const valid = source.value !== "" && value >= model.get("min") && value <= model.get("max");
    if (!valid) return show();
    model.set("value", value);
    model.save_changes();
    show();
  };
  for (const source of [slider, box]) source.addEventListener("change", () => commit(source));
  model.on("change:value", show);
  show();
  el.classList.add("cio-slider");
  el.replaceChildren(label, slider, box);
}

export default { render };
