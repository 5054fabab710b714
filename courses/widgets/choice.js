// One of several texts as radio buttons under a legend, reachable by keyboard. Lab leaves the
// cell on arrow keys unless an input carries data-lm-suppress-shortcuts.
function render({ model, el }) {
  const name = `cio-${Math.random().toString(36).slice(2)}`;
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = model.get("label");
  group.append(legend);
  const radios = model.get("options").map((text, at) => {
    const label = document.createElement("label");
    const radio = Object.assign(document.createElement("input"), { type: "radio", name });
    radio.dataset.lmSuppressShortcuts = "true";
    radio.addEventListener("change", () => {
      model.set("value", at);
      model.save_changes();
    });
    label.append(radio, text);
    group.append(label);
    return radio;
  });
  const show = () => radios.forEach((radio, at) => { radio.checked = at === model.get("value"); });
  model.on("change:value", show);
  show();
  el.classList.add("cio-choice");
  el.replaceChildren(group);
}

export default { render };
