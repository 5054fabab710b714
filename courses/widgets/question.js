// One question: fields by kind, and saving that is believed only when the server confirms it.
// An answer is sent at once (a text while it is typed); without a confirmation in four
// seconds the page says so in words. Nothing here knows a right answer.
const PATIENCE = 4000; // ms without confirmation before the page says "not saved"
const TYPING = 700; // ms of rest while typing before a text is sent

let sequence = 0;
const unique = () => `cio-${Date.now().toString(36)}-${sequence++}`;

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  // In Lab, arrow keys leave the cell unless an input asks to keep them.
  if (["input", "select", "textarea", "button"].includes(tag)) node.dataset.lmSuppressShortcuts = "true";
  return node;
}

function html(tag, content, className = "") {
  return make(tag, { innerHTML: content, className });
}

function choices(type) {
  return (model, changed) => {
    const name = unique();
    const inputs = model.get("options").map((option) => make("input", { type, name, value: option.id }));
    const node = make("div");
    model.get("options").forEach((option, index) => {
      node.append(make("label", { className: "option" }, inputs[index], html("span", option.html)));
    });
    const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
    const show = (value) => inputs.forEach((input) => { input.checked = [value].flat().includes(input.value); });
    inputs.forEach((input) => input.addEventListener("change", changed));
    return { node, show, read: () => (type === "radio" ? chosen()[0] ?? null : chosen()) };
  };
}

function numeric(model, changed) {
  const id = unique();
  const input = make("input", { type: "text", id, inputMode: "decimal", autocomplete: "off" });
  input.addEventListener("change", changed);
  input.addEventListener("input", changed.soon);
  const unit = model.get("unit");
  const label = make("label", { htmlFor: id, textContent: unit ? `Đáp số (${unit}): ` : "Đáp số: " });
  const show = (value) => { input.value = value ?? ""; };
  return { node: make("div", {}, label, input), show, read: () => input.value };
}

function essay(model, changed) {
  const id = unique();
  const text = make("textarea", { id, spellcheck: true, lang: "vi" });
  const count = make("span", { className: "count", id: `${id}-count` });
  text.setAttribute("aria-describedby", count.id);
  const limits = `yêu cầu ${model.get("min_words")}–${model.get("max_words")} từ`;
  const recount = () => { count.textContent = `${text.value.split(/\s+/).filter(Boolean).length} từ (${limits})`; };
  text.addEventListener("input", () => { recount(); changed.soon(); });
  text.addEventListener("change", changed);
  const show = (value) => { text.value = value ?? ""; recount(); };
  const label = make("label", { htmlFor: id, textContent: "Bài làm:" });
  return { node: make("div", {}, label, text, count), show, read: () => text.value };
}

function matching(model, changed) {
  const selects = model.get("options").map((option) => {
    const blank = make("option", { value: "", textContent: "— chọn —" });
    const targets = model.get("targets").map((t) => make("option", { value: t.id, textContent: t.text }));
    const select = make("select", { id: unique() }, blank, ...targets);
    select.addEventListener("change", changed);
    return [option, select];
  });
  const node = make("div");
  for (const [option, select] of selects) {
    const label = html("label", option.html);
    label.htmlFor = select.id;
    node.append(make("div", { className: "pair" }, label, select));
  }
  const show = (value) => selects.forEach(([option, select]) => { select.value = value?.[option.id] ?? ""; });
  const read = () => Object.fromEntries(selects.filter(([, s]) => s.value).map(([o, s]) => [o.id, s.value]));
  return { node, show, read };
}

function ordering(model, changed) {
  const list = make("ol");
  let order = model.get("options").map((option) => option.id);
  const option = (id) => model.get("options").find((candidate) => candidate.id === id);
  const move = (id, step) => {
    const at = order.indexOf(id);
    order.splice(at, 1);
    order.splice(at + step, 0, id);
    draw();
    list.querySelector(`[data-id="${id}"] button[data-step="${step}"]:not([disabled])`)?.focus();
    changed();
  };
  const button = (id, step, disabled) => {
    const words = step < 0 ? "Lên" : "Xuống";
    const node = make("button", { type: "button", textContent: words, disabled });
    node.dataset.step = step;
    node.setAttribute("aria-label", `${words}: ${option(id).text}`);
    node.addEventListener("click", () => move(id, step));
    return node;
  };
  function draw() {
    list.replaceChildren(...order.map((id, index) => {
      const up = button(id, -1, index === 0);
      const down = button(id, 1, index === order.length - 1);
      const item = make("li", {}, make("div", {}, html("span", option(id).html), up, down));
      item.dataset.id = id;
      return item;
    }));
  }
  const keep = make("button", { type: "button", textContent: "Giữ nguyên thứ tự này" });
  keep.addEventListener("click", changed);
  const show = (value) => { if (value) order = [...value]; draw(); };
  return { node: make("div", {}, list, keep), show, read: () => order };
}

const KINDS = { single: choices("radio"), multiple: choices("checkbox"), numeric, essay, matching, ordering };

function render({ model, el }) {
  const lesson = model.get("mode") === "lesson";
  const writes = model.get("kind") === "essay";
  let revision = model.get("revision");
  let sent = null; // what is on its way, with its timer
  let waiting = false; // something newer is to be sent after it
  let typing = null;

  const status = make("span", { className: "status" });
  status.setAttribute("role", "status");
  const feedback = make("div", { className: "feedback" });
  feedback.setAttribute("role", "status");
  const say = (state, words) => { status.dataset.state = state; status.textContent = words; };

  const send = (reveal = false) => {
    clearTimeout(typing);
    if (sent) { waiting = true; return; }
    say("saving", "Đang lưu…");
    sent = setTimeout(() => lost("máy chủ không trả lời. Câu trả lời vẫn ở trên màn hình; hãy chép lại nếu dài, rồi tải lại trang (F5)."), PATIENCE);
    model.send({ type: "save", value: field.read(), revision, reveal });
  };
  const done = () => { clearTimeout(sent); sent = null; };
  const lost = (why) => { done(); waiting = false; say("unsaved", `CHƯA LƯU ĐƯỢC: ${why}`); };
  const pending = () => { if (status.dataset.state !== "unsaved") say("pending", lesson && !writes ? "Chưa trả lời" : "Chưa lưu"); };
  const changed = () => (lesson && !writes ? pending() : send());
  changed.soon = () => {
    pending();
    if (lesson && !writes) return;
    clearTimeout(typing);
    typing = setTimeout(send, TYPING);
  };

  const field = KINDS[model.get("kind")](model, changed);
  model.on("msg:custom", (message) => {
    if (message.type === "failed") return lost(message.message);
    done();
    revision = message.revision;
    if (message.type === "invalid") say("invalid", message.message);
    if (message.type === "saved") say("saved", message.message);
    feedback.innerHTML = message.feedback ?? "";
    if (waiting) { waiting = false; send(); }
  });
  addEventListener("beforeunload", (event) => {
    if (["unsaved", "pending", "saving"].includes(status.dataset.state) && el.isConnected && !lesson) event.preventDefault();
  });

  const foot = make("div", { className: "foot" });
  if (lesson) {
    const answer = make("button", { type: "button", textContent: writes ? "Lưu và xem gợi ý" : "Trả lời" });
    answer.addEventListener("click", () => send(true));
    foot.append(answer);
  }
  foot.append(status);
  const legend = make("legend", { textContent: model.get("legend") });
  const box = make("fieldset", { className: "cio-question" }, legend, html("div", model.get("prompt"), "prompt"), field.node, foot, feedback);
  box.dataset.question = model.get("question_id");
  field.show(model.get("value"));
  if (model.get("note")) say(model.get("note_state"), model.get("note"));
  feedback.innerHTML = model.get("feedback");
  el.replaceChildren(box);
}

export default { render };
