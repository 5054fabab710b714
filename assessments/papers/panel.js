// The head of a paper: time left by the server's clock, what is answered, flagged and left,
// and handing in, which is believed only when a receipt comes back.
const PATIENCE = 15000; // ms without a receipt before the page says "not handed in"
const ASK_EVERY = 10; // seconds between two looks at the server's clock
const STATES = { answered: "đã trả lời", invalid: "chưa đọc được", blank: "chưa trả lời" };

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  if (["input", "button"].includes(tag)) node.dataset.lmSuppressShortcuts = "true";
  return node;
}

const two = (number) => String(number).padStart(2, "0");
const spoken = (seconds) => `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

function waitingRoom(model, el) {
  const status = make("p");
  status.setAttribute("role", "status");
  const start = make("button", { type: "button", textContent: "Bắt đầu làm bài" });
  start.addEventListener("click", () => {
    start.disabled = true;
    status.textContent = "Đang nhận đề…";
    model.send({ type: "start" });
  });
  model.on("msg:custom", (message) => {
    if (message.type === "started") return location.reload();
    start.disabled = false;
    status.textContent = message.message;
  });
  const words = "Giờ làm bài tính từ lúc bấm nút dưới đây, theo đồng hồ của máy chủ. Đóng trang rồi mở lại thì giờ vẫn chạy.";
  el.replaceChildren(make("section", { className: "cio-panel" }, make("p", { textContent: words }), start, status));
}

function questionList(model) {
  const list = make("ol");
  const draw = () => {
    list.replaceChildren(...model.get("questions").map((question) => {
      const go = make("button", { type: "button", className: "go", textContent: `Câu ${question.number}` });
      go.addEventListener("click", () => {
        const box = document.querySelector(`[data-question="${question.id}"]`);
        box?.scrollIntoView({ block: "start" });
        box?.querySelector("input, select, textarea, button")?.focus();
      });
      const flag = make("input", { type: "checkbox", checked: question.flagged });
      flag.addEventListener("change", () => model.send({ type: "flag", id: question.id, on: flag.checked }));
      flag.setAttribute("aria-label", `Câu ${question.number}: xem lại`);
      const label = make("label", {}, flag, " xem lại");
      const state = make("span", { textContent: STATES[question.state] });
      state.dataset.state = question.state;
      return make("li", {}, go, state, label);
    }));
  };
  model.on("change:questions", draw);
  draw();
  return list;
}

function render({ model, el }) {
  if (model.get("waiting")) return waitingRoom(model, el);
  const clock = make("div", { className: "cio-clock" });
  const summary = make("p");
  const status = make("p", { className: "handed" });
  status.setAttribute("role", "status");
  const submit = make("button", { type: "button", textContent: "Nộp bài" });
  const sure = make("div", { className: "sure", hidden: true });
  let patience = null;
  let offset = null; // server's clock minus this machine's, in ms; until it is known nothing ends
  let over = false;

  const left = () => model.get("questions").filter((question) => question.state !== "answered").length;
  const summarise = () => {
    const total = model.get("questions").length;
    const flagged = model.get("questions").filter((question) => question.flagged).length;
    summary.textContent = `Đã trả lời ${total - left()}/${total} câu, còn ${left()}; đánh dấu xem lại ${flagged}.`;
  };
  const say = (state, words) => { status.dataset.state = state; status.textContent = words; };
  const handIn = () => {
    sure.hidden = true;
    submit.disabled = true;
    say("saving", "Đang nộp…");
    patience = setTimeout(() => { submit.disabled = over; say("unsaved", "CHƯA NỘP ĐƯỢC: máy chủ không trả lời. Hãy báo cán bộ coi thi; câu trả lời đã lưu vẫn còn nguyên."); }, PATIENCE);
    model.send({ type: "submit" });
  };
  submit.addEventListener("click", () => {
    sure.hidden = false;
    const words = left() ? `Còn ${left()} câu chưa trả lời. ` : "";
    const yes = make("button", { type: "button", textContent: "Nộp ngay" });
    const no = make("button", { type: "button", textContent: "Làm tiếp" });
    yes.addEventListener("click", handIn);
    no.addEventListener("click", () => { sure.hidden = true; submit.focus(); });
    sure.replaceChildren(make("span", { textContent: `${words}Nộp bài bây giờ? Trước khi hết giờ vẫn có thể sửa và nộp lại. ` }), yes, no);
    yes.focus();
  });
  model.on("msg:custom", (message) => {
    if (message.type === "time") { offset = message.now - Date.now(); tick(); }
    if (!["receipt", "failed"].includes(message.type)) return;
    clearTimeout(patience);
    submit.disabled = over;
    say(message.type === "receipt" ? "saved" : "unsaved", message.message);
  });
  model.on("change:questions", summarise);

  const tick = () => {
    if (offset === null) return;
    const seconds = Math.max(0, Math.round((model.get("due") - Date.now() - offset) / 1000));
    clock.textContent = `Còn lại ${spoken(seconds)}`;
    clock.dataset.hurry = seconds < 300;
    if ((seconds === 0) !== over) lock(seconds === 0);
    if (over) clock.textContent = "Đã hết giờ";
  };
  const lock = (ended) => {
    over = ended;
    document.querySelectorAll(".cio-question").forEach((box) => { box.disabled = ended; });
    submit.disabled = ended;
    if (ended) handIn();
  };
  if (model.get("due")) {
    // Asked again and again: a machine wakes with another clock, and time may have been added.
    let ticks = 0;
    const timer = setInterval(() => {
      if (!el.isConnected) return clearInterval(timer);
      ticks += 1;
      if (ticks % ASK_EVERY === 0) model.send({ type: "time" });
      tick();
    }, 1000);
    model.send({ type: "time" });
  }
  summarise();
  if (model.get("receipt")) say("saved", model.get("receipt"));
  const heading = make("h2", { textContent: "Bài làm của anh/chị" });
  const foot = make("div", { className: "foot" }, submit, status);
  el.replaceChildren(make("section", { className: "cio-panel" }, heading, summary, questionList(model), foot, sure));
  if (model.get("due")) el.append(clock);
}

export default { render };
