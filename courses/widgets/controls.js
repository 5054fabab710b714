// A labelled number: slider and number box side by side, both reachable by keyboard.
// The box is a text field: a browser's own number field refuses the decimal comma unless the
// browser itself is Vietnamese. Lab leaves the cell on arrow keys unless an input carries
// data-lm-suppress-shortcuts.
function make(type, id) {
  const node = Object.assign(document.createElement("input"), { type, id });
  node.dataset.lmSuppressShortcuts = "true";
  return node;
}

const written = (number) => String(number).replace(".", ",");

function render({ model, el }) {
  const id = `cio-${Math.random().toString(36).slice(2)}`;
  const label = document.createElement("label");
  label.textContent = model.get("label");
  label.htmlFor = `${id}-box`;
  const slider = make("range", `${id}-slider`);
  for (const name of ["min", "max", "step"]) slider[name] = model.get(name);
  slider.setAttribute("aria-label", model.get("label"));
  const box = Object.assign(make("text", `${id}-box`), { inputMode: "decimal", autocomplete: "off" });
  const show = () => { slider.value = model.get("value"); box.value = written(model.get("value")); };
  const commit = (value) => {
    model.set("value", value);
    model.save_changes();
    show();
  };
  slider.addEventListener("change", () => commit(Number(slider.value)));
  box.addEventListener("input", () => box.setCustomValidity(""));
  box.addEventListener("change", () => {
    const [least, most] = [model.get("min"), model.get("max")];
    const text = box.value.trim().replace(",", ".");
    const value = Number(text);
    if (text && value >= least && value <= most) return commit(value);
    box.setCustomValidity(`Hãy nhập một số từ ${written(least)} đến ${written(most)}.`);
    box.reportValidity();
  });
  model.on("change:value", show);
  show();
  el.classList.add("cio-slider");
  el.replaceChildren(label, slider, box);
}

export default { render };
