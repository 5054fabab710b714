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
  const rows = new Map();
  const row = (question) => {
    const go = make("button", { type: "button", className: "go", textContent: `Câu ${question.number}` });
    go.addEventListener("click", () => {
      const box = document.querySelector(`[data-question="${question.id}"]`);
      box?.scrollIntoView({ block: "start" });
      box?.querySelector("input, select, textarea, button")?.focus();
    });
    const flag = make("input", { type: "checkbox" });
    flag.addEventListener("change", () => model.send({ type: "flag", id: question.id, on: flag.checked }));
    flag.setAttribute("aria-label", `Câu ${question.number}: xem lại`);
    const state = make("span");
    list.append(make("li", {}, go, state, make("label", {}, flag, " xem lại")));
    return { flag, state };
  };
  const draw = () => { // in place: the focus stays where it is
    for (const question of model.get("questions")) {
      if (!rows.has(question.id)) rows.set(question.id, row(question));
      const { flag, state } = rows.get(question.id);
      flag.checked = question.flagged;
      state.dataset.state = question.state;
      state.textContent = STATES[question.state];
    }
  };
  model.on("change:questions", draw);
  draw();
  return list;
}

const unsaved = () => [...document.querySelectorAll(".cio-question .status[data-since]")]
  .map((status) => status.closest(".cio-question").querySelector("legend").textContent.split(" (")[0]);

function render({ model, el }) {
  if (model.get("waiting")) return waitingRoom(model, el);
  const clock = make("div", { className: "cio-clock" });
  const summary = make("p");
  const status = make("p", { className: "handed", tabIndex: -1 });
  status.setAttribute("role", "status");
  const submit = make("button", { type: "button", textContent: "Nộp bài" });
  const sure = make("div", { className: "sure", hidden: true });
  let patience = null;
  let told = null; // the server's clock when it was told, and when that was by a clock that only runs
  let over = false; // by the server's word alone

  const total = () => model.get("parts").reduce((sum, part) => sum + part.total, 0);
  const answered = () => model.get("parts").reduce((sum, part) => sum + (part.answered ?? 0), 0);
  const left = () => total() - answered();
  const summarise = () => {
    const parts = model.get("parts");
    const flagged = model.get("questions").filter((question) => question.flagged).length;
    const spoken = (part) => `${part.competency}${part.here ? " (trang này)" : ""} ${part.answered ?? "TỆP HỎNG, báo cán bộ coi thi"}/${part.total}`;
    const each = parts.length > 1 ? ` Từng phần: ${parts.map(spoken).join("; ")}.` : "";
    summary.textContent = `Đã trả lời ${answered()}/${total()} câu của cả bài thi, còn ${left()}; đánh dấu xem lại ${flagged}.${each}`;
  };
  const say = (state, words) => { status.dataset.state = state; status.textContent = words; };
  const stand = () => {
    if (patience) return;
    const { state, words } = model.get("standing");
    if (words && status.textContent !== words) say(state, words);
  };
  const handIn = () => {
    sure.hidden = true;
    submit.disabled = true;
    status.focus();
    say("saving", "Đang nộp…");
    patience = setTimeout(() => { patience = null; submit.disabled = over; say("unsaved", "CHƯA NỘP ĐƯỢC: máy chủ không trả lời. Hãy báo cán bộ coi thi; câu trả lời đã lưu vẫn còn nguyên, và trang này sẽ nói lại khi liên lạc được."); }, PATIENCE);
    model.send({ type: "submit" });
  };
  submit.addEventListener("click", () => {
    sure.hidden = false;
    const open = unsaved();
    const lost = open.length ? `CÓ ${open.length} CÂU TRÊN TRANG NÀY CHƯA LƯU (${open.join(", ")}): phần chưa lưu sẽ không được nộp. ` : "";
    const words = left() ? `Còn ${left()} câu chưa trả lời trong cả bài thi. ` : "";
    const yes = make("button", { type: "button", textContent: open.length ? "Nộp phần đã lưu" : "Nộp ngay" });
    const no = make("button", { type: "button", textContent: "Làm tiếp" });
    yes.addEventListener("click", handIn);
    no.addEventListener("click", () => { sure.hidden = true; submit.focus(); });
    const all = model.get("parts").length > 1 ? "Nộp cả bài thi, mọi phần, bây giờ?" : "Nộp bài bây giờ?";
    sure.replaceChildren(make("span", { textContent: `${lost}${words}${all} Trước khi hết giờ vẫn có thể sửa và nộp lại. ` }), yes, no);
    yes.focus();
  });
  model.on("msg:custom", (message) => {
    if (message.type === "time") {
      told = { now: message.now, at: performance.now() };
      if (message.over !== over) lock(message.over);
      tick();
    }
    if (!["receipt", "failed"].includes(message.type)) return;
    clearTimeout(patience);
    patience = null;
    submit.disabled = over;
    say(message.type === "receipt" ? "saved" : "unsaved", message.message);
  });
  model.on("change:questions", summarise);
  model.on("change:parts", summarise);
  model.on("change:standing", stand);

  const tick = () => {
    if (told === null) return;
    const seconds = Math.max(0, Math.round((model.get("due") - told.now - (performance.now() - told.at)) / 1000));
    clock.textContent = over ? "Đã hết giờ" : `Còn lại ${spoken(seconds)}`;
    clock.dataset.hurry = seconds < 300;
    if (!seconds && !over) model.send({ type: "time" });
  };
  const lock = (ended) => {
    over = ended;
    document.querySelectorAll(".cio-question").forEach((box) => { box.disabled = ended; });
    submit.disabled = ended;
    if (ended) handIn();
  };
  // Asked again and again: a machine wakes with another clock, time may have been added, and
  // what was handed in elsewhere or changed since is to be seen here.
  let ticks = 0;
  const timer = setInterval(() => {
    if (!el.isConnected) return clearInterval(timer);
    ticks += 1;
    if (ticks % ASK_EVERY === 0) model.send({ type: "time" });
    if (model.get("due")) tick();
  }, 1000);
  model.send({ type: "time" });
  summarise();
  stand();
  const heading = make("h2", { textContent: "Bài làm của anh/chị" });
  const foot = make("div", { className: "foot" }, submit, status);
  el.replaceChildren(make("section", { className: "cio-panel" }, heading, summary, questionList(model), foot, sure));
  if (model.get("due")) el.append(clock);
}

export default { render };
