// One question: fields by kind, and saving that is believed only when the server confirms it.
// An answer is sent at once (a text while it is typed); without a confirmation in four
// seconds the page says so in words, keeps a draft on this machine and tries again. Nothing
// here knows a right answer. The host is a notebook's widget or a page of the portal.
const PATIENCE = 4000; // ms without confirmation before the page says "not saved"
const TYPING = 700; // ms of rest while typing before a text is sent
const LONGEST = 5000; // ms that typing without a rest may put it off
const AGAIN = 5000; // ms until what was not saved is sent again

// One count a document, however often this script is loaded into it.
const counted = (globalThis[Symbol.for("cio-ids")] ??= { next: 0 });
const unique = () => `cio-${counted.next++}`;

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  // In Lab, arrow keys leave the cell unless an input asks to keep them.
  if (["input", "select", "textarea", "button"].includes(tag)) node.dataset.lmSuppressShortcuts = "true";
  return node;
}

function html(tag, content, className = "") {
  const node = make(tag, { innerHTML: unbroken(content), className });
  for (const table of node.querySelectorAll("table")) table.replaceWith(movable(table.cloneNode(true)));
  return node;
}

// A table wider than a telephone moves inside a box of its own, by keyboard too.
function movable(table) {
  const box = make("div", { className: "wide" }, table);
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Bảng, kéo ngang được khi rộng hơn màn hình");
  new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
  }).observe(box);
  return box;
}

// A figure and its per cent sign stay on one line.
const unbroken = (text) => text.replace(/(\d) %/g, "$1\u00a0%");

function choices(type) {
  return (shape, changed) => {
    const name = unique();
    const inputs = shape.options.map((option) => make("input", { type, name, value: option.id }));
    const node = make("div");
    shape.options.forEach((option, index) => {
      node.append(make("label", { className: "option" }, inputs[index], html("span", option.html)));
    });
    const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
    const show = (value) => inputs.forEach((input) => { input.checked = [value].flat().includes(input.value); });
    inputs.forEach((input) => input.addEventListener("change", changed));
    return { node, show, read: () => (type === "radio" ? chosen()[0] ?? null : chosen()) };
  };
}

function typed(properties, changed) {
  const input = make("input", { type: "text", autocomplete: "off", ...properties });
  input.addEventListener("change", changed);
  input.addEventListener("input", changed.soon);
  return input;
}

function line(words, properties, changed) {
  const input = typed({ id: unique(), ...properties }, changed);
  const label = make("label", { htmlFor: input.id, textContent: `${words}: ` });
  const show = (value) => { input.value = value ?? ""; };
  return { node: make("div", {}, label, input), show, read: () => input.value };
}

function numeric(shape, changed) {
  return line(shape.unit ? `Đáp số (${shape.unit})` : "Đáp số", { inputMode: "decimal" }, changed);
}

function short(shape, changed) {
  return line("Trả lời", { className: "phrase", lang: "vi" }, changed);
}

function table(shape, changed) {
  const cells = {};
  const blank = (row, column, name) => {
    cells[name] = typed({ inputMode: "decimal" }, changed);
    cells[name].setAttribute("aria-label", `${row.label} – ${column}`);
    return make("td", {}, cells[name]);
  };
  const heading = (scope, textContent) => {
    const cell = make("th", { textContent: unbroken(textContent) });
    cell.setAttribute("scope", scope);
    return cell;
  };
  const corner = make("td", { textContent: shape.unit ? `Đơn vị: ${shape.unit}` : "" });
  const head = make("tr", {}, corner, ...shape.columns.map((column) => heading("col", column)));
  const rows = shape.rows.map((row, r) => make("tr", {}, heading("row", row.label), ...row.cells.map((text, c) => (
    text === null ? blank(row, shape.columns[c], `r${r + 1}c${c + 1}`) : make("td", { textContent: unbroken(text) })
  ))));
  const node = movable(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  const show = (value) => Object.entries(cells).forEach(([name, input]) => { input.value = value?.[name] ?? ""; });
  const filled = () => Object.entries(cells).filter(([, input]) => input.value.trim());
  return { node, show, read: () => Object.fromEntries(filled().map(([name, input]) => [name, input.value])) };
}

function essay(shape, changed) {
  const id = unique();
  const text = make("textarea", { id, spellcheck: true, lang: "vi" });
  const count = make("span", { className: "count", id: `${id}-count` });
  text.setAttribute("aria-describedby", count.id);
  const limits = `yêu cầu ${shape.min_words}–${shape.max_words} từ`;
  const recount = () => {
    const words = text.value.split(/\s+/).filter(Boolean).length;
    const over = words > shape.max_words;
    count.dataset.over = over;
    count.textContent = `${words} từ (${limits})${over ? ` – VƯỢT ${words - shape.max_words} TỪ so với yêu cầu` : ""}`;
  };
  text.addEventListener("input", () => { recount(); changed.soon(); });
  text.addEventListener("change", changed);
  const show = (value) => { text.value = value ?? ""; recount(); };
  const label = make("label", { htmlFor: id, textContent: "Bài làm:" });
  return { node: make("div", {}, label, text, count), show, read: () => text.value };
}

function matching(shape, changed) {
  const selects = shape.options.map((option) => {
    const blank = make("option", { value: "", textContent: "— chọn —" });
    const targets = shape.targets.map((t) => make("option", { value: t.id, textContent: t.text }));
    const select = make("select", { id: unique() }, blank, ...targets);
    select.dataset.id = option.id;
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

function ordering(shape, changed) {
  const list = make("ol");
  let order = shape.options.map((option) => option.id);
  const option = (id) => shape.options.find((candidate) => candidate.id === id);
  const move = (id, step) => {
    const at = order.indexOf(id);
    order.splice(at, 1);
    order.splice(at + step, 0, id);
    draw();
    // At either end the button just used is disabled: the other one takes the focus.
    const [same, other] = [step, -step].map((s) => list.querySelector(`[data-id="${id}"] button[data-step="${s}"]`));
    (same.disabled ? other : same).focus();
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
  const node = make("div", {}, list);
  if (!changed.byButton) node.append(keep); // in a paper the order shown may be the answer
  return { node, show, read: () => order };
}

function decisions(shape, changed) {
  const node = make("div");
  let path = {};
  const choose = (step, option) => {
    const kept = {};
    for (const [name, chosen] of Object.entries(path)) {
      if (name === step) break;
      kept[name] = chosen;
    }
    show({ ...kept, [step]: option }); // a changed decision closes what followed from the old one
    [...node.querySelectorAll("input:checked")].at(-1).focus();
    changed();
  };
  const draw = (name, number) => {
    const step = shape.steps[name];
    const field = choices("radio")(step, () => choose(name, field.read()));
    field.show(path[name]);
    const legend = make("legend", { textContent: `Quyết định ${number}` });
    node.append(make("fieldset", {}, legend, html("div", step.html), field.node));
    const chosen = step.options.find((option) => option.id === path[name]);
    if (chosen?.next) draw(chosen.next, number + 1);
  };
  const show = (value) => {
    path = { ...value };
    node.replaceChildren();
    draw(shape.start, 1);
  };
  return { node, show, read: () => path };
}

function code(shape, changed, model) {
  const words = (result) => `${result.label}${result.unit ? ` (${result.unit})` : ""} – biến ${result.name}`;
  const fields = Object.fromEntries(shape.results.map((result) => [result.name, line(words(result), { inputMode: "decimal" }, changed)]));
  const show = (value) => Object.entries(fields).forEach(([name, field]) => field.show(value?.[name]));
  const filled = () => Object.entries(fields).map(([name, field]) => [name, field.read()]).filter(([, text]) => text.trim());
  const read = () => Object.fromEntries(filled());
  const take = make("button", { type: "button", textContent: "Lấy kết quả từ các biến trong sổ tay" });
  take.addEventListener("click", () => model.send({ type: "take" }));
  model.on("msg:custom", (message) => {
    if (message.type !== "taken") return;
    if (!Object.keys(message.values).length) { changed.say("Sổ tay chưa có biến nào nêu trên mang một số."); return; }
    show({ ...read(), ...message.values });
    changed();
  });
  const node = make("div", { className: "results" }, ...Object.values(fields).map((field) => field.node));
  // Voilà shows no code, and a page of the portal has no kernel: no variables either.
  if (model.get("kernel") && !document.body.dataset.voila) node.append(take);
  return { node, show, read };
}

const KINDS = {
  single: choices("radio"), multiple: choices("checkbox"), classification: matching,
  numeric, short, table, essay, matching, ordering, decisions, code,
};

// What was typed and not yet confirmed, kept by this browser until it is.
function drafts(model) {
  const key = model.get("draft_key") && `cio-draft-${model.get("draft_key")}`;
  const quietly = (work) => { try { return key ? work() : null; } catch { return null; } };
  return {
    keep: (draft) => quietly(() => localStorage.setItem(key, JSON.stringify(draft))),
    drop: () => quietly(() => localStorage.removeItem(key)),
    read: () => quietly(() => JSON.parse(localStorage.getItem(key))),
  };
}

function render({ model, el }) {
  const lesson = model.get("mode") === "lesson";
  const writes = model.get("kind") === "essay";
  const button = lesson && !writes; // answered by a button, not by each change
  const draft = drafts(model);
  let revision = model.get("revision") ?? 0;
  let sent = { request: 0 }; // the last save sent; its reply carries its number back
  let kept = model.get("note") ? JSON.stringify(model.get("value")) : null; // what was confirmed last
  let unanswered = []; // what was sent and never replied to: it may have been stored
  let timer = null; // runs while a save is on its way
  let queued = null; // a newer save, to be sent after it
  let typing = null;
  let typedSince = null;
  let again = null;
  let clash = false; // stored and shown differ: the trainee chooses, nothing else does

  const status = make("span", { className: "status" });
  status.setAttribute("role", "status");
  const feedback = make("div", { className: "feedback" });
  feedback.setAttribute("role", "status");
  const choice = make("div", { className: "choice" });
  const say = (state, words) => {
    if (["saved", "invalid"].includes(state)) delete status.dataset.since;
    else status.dataset.since ??= performance.now();
    status.dataset.state = state;
    status.textContent = words;
  };
  const now = () => JSON.stringify(field.read());
  const overtaken = () => now() !== sent.value;

  const send = (reveal = false) => {
    clearTimeout(typing);
    clearTimeout(again);
    typedSince = null;
    if (clash) return;
    if (timer) { queued = { reveal: reveal || Boolean(queued?.reveal) }; return; }
    say("saving", "Đang lưu…");
    timer = setTimeout(() => lost("Máy chủ không trả lời."), PATIENCE);
    const value = field.read();
    sent = { request: sent.request + 1, revision, value: JSON.stringify(value) };
    unanswered.push(sent.value);
    if (!button) draft.keep({ revision, value });
    model.send({ type: "save", request: sent.request, value, revision, reveal });
  };
  const landed = () => { clearTimeout(timer); timer = null; };
  const lost = (why) => {
    landed();
    queued = null;
    const tried = button ? "" : " Bản nháp được giữ trên máy này và sẽ tự gửi lại.";
    say("unsaved", `CHƯA LƯU ĐƯỢC: ${why}${tried} Hãy chép lại câu trả lời nếu dài, rồi tải lại trang (phím F5).`);
    clearTimeout(again);
    if (!button) again = setTimeout(retry, AGAIN);
  };
  const retry = () => {
    if (status.dataset.state === "unsaved" && !box.disabled) send();
  };
  const pending = () => {
    if (button) feedback.replaceChildren(); // it spoke of the answer before
    if (status.dataset.state !== "unsaved") say("pending", button ? "Chưa trả lời" : "Chưa lưu");
  };
  const changed = () => {
    if (button) pending();
    else if (now() !== kept || status.dataset.since) send(); // leaving a field changes nothing
  };
  changed.soon = () => {
    pending();
    if (button) return;
    draft.keep({ revision, value: field.read() });
    typedSince ??= performance.now();
    clearTimeout(typing);
    typing = setTimeout(send, Math.max(0, Math.min(TYPING, typedSince + LONGEST - performance.now())));
  };
  const settle = (stored, words, mine) => {
    landed();
    queued = null;
    clash = true;
    say("unsaved", `CHƯA LƯU ĐƯỢC: ${words} Hãy chép lại câu trả lời nếu dài, rồi tải lại trang (phím F5), hoặc chọn một trong hai bản dưới đây.`);
    const theirs = make("button", { type: "button", textContent: "Lấy bản máy chủ đã lưu" });
    const ours = make("button", { type: "button", textContent: "Lưu bản chưa lưu của tôi" });
    const chosen = () => { clash = false; unanswered = []; revision = stored.revision; choice.replaceChildren(); };
    theirs.addEventListener("click", () => {
      chosen();
      kept = JSON.stringify(stored.value);
      field.show(stored.value);
      draft.drop();
      say(stored.note_state, stored.note);
      status.focus();
    });
    ours.addEventListener("click", () => { chosen(); field.show(mine); send(); status.focus(); });
    choice.replaceChildren(theirs, ours);
  };
  const refused = (message) => {
    const stored = message.stored;
    // Our own save that came late, or whose reply was lost, is no other window's doing.
    const own = revision > sent.revision || (stored && unanswered.includes(JSON.stringify(stored.value)));
    if (stored) revision = Math.max(revision, own ? stored.revision : 0);
    if (own && (stored || revision > sent.revision)) { landed(); send(message.reveal); return; }
    if (stored) settle(stored, message.message, field.read()); else lost(message.message);
  };

  changed.byButton = button;
  changed.say = (words) => say("invalid", words);
  const field = KINDS[model.get("kind")](model.get("shape"), changed, model);
  model.on("msg:custom", (message) => {
    if (message.type === "retry") { retry(); return; }
    revision = Math.max(revision, message.revision ?? 0);
    if (message.request !== sent.request) return; // too late: the page has asked again since
    if (message.type === "failed") { refused(message); return; }
    landed();
    unanswered = [];
    kept = sent.value;
    const next = queued ?? (overtaken() ? { reveal: false } : null);
    queued = null;
    if (next && button && !next.reveal) { pending(); return; }
    if (next) { send(next.reveal); return; }
    draft.drop();
    say(message.type, message.message);
    if (message.reveal || message.type === "invalid") feedback.innerHTML = message.feedback;
  });
  const guard = (event) => {
    if (!lesson && ["unsaved", "pending", "saving"].includes(status.dataset.state)) event.preventDefault();
  };
  // The second event is the page's own question before Voilà ends the kernel on the first.
  const leaving = ["beforeunload", "cio:leaving"];
  leaving.forEach((name) => addEventListener(name, guard));

  const foot = make("div", { className: "foot" });
  if (lesson) {
    const answer = make("button", { type: "button", textContent: writes ? "Lưu và xem gợi ý" : "Trả lời" });
    answer.addEventListener("click", () => send(true));
    foot.append(answer);
  }
  status.tabIndex = -1;
  foot.append(status);
  const legend = make("legend", { textContent: model.get("legend") });
  const rule = model.get("rule") ? [make("p", { className: "rule", textContent: `Cách cho điểm: ${model.get("rule")}` })] : [];
  const box = make("fieldset", { className: "cio-question" }, legend, html("div", model.get("prompt"), "prompt"), ...rule, field.node, foot, choice, feedback);
  box.dataset.question = model.get("question_id");
  box.answer = () => (status.dataset.state ? field.read() : undefined); // what stands here, saved or not
  field.show(model.get("value"));
  if (model.get("note")) say(model.get("note_state"), model.get("note"));
  feedback.innerHTML = model.get("feedback") ?? "";
  el.replaceChildren(box);
  if (!button) restore();

  function restore() {
    const left = draft.read();
    const shown = JSON.stringify(model.get("value") ?? null);
    if (!left || JSON.stringify(left.value) === shown) { draft.drop(); return; }
    if (left.revision === revision) { field.show(left.value); send(); return; }
    const stored = { value: model.get("value"), revision, note: model.get("note"), note_state: model.get("note_state") };
    settle(stored, "Trên máy này còn bản nháp khác với bản máy chủ đã lưu.", left.value);
  }
  return () => {
    clearTimeout(again);
    leaving.forEach((name) => removeEventListener(name, guard));
  };
}

export default { render };
