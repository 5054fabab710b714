// The page of a paper: hosts each question's script, and shows what the server said last.
import question from "../questions/question.js";
import { startClock } from "./clock.js";
import { handing } from "./handing.js";
import { openLine } from "./line.js";
import { listQuestions } from "./overview.js";
import { sealedFile } from "./sealed.js";

const BEAT = 5000; // ms between two looks at how the paper stands
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("paper-data").textContent);
const addresses = JSON.parse($("paper-addresses").textContent);

function pageName() { // survives a reload, so that a page does not meet itself
  const made = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
  try { return (sessionStorage["cio-page"] ??= made()); } catch { return made(); }
}

const notices = new Map();
function notice(name, words, link) {
  if ((notices.get(name)?.textContent ?? "") === words) return;
  notices.get(name)?.remove();
  notices.delete(name);
  if (!words) return;
  const node = Object.assign(document.createElement("p"), { className: "message error", textContent: words });
  if (link) node.append(" ", Object.assign(document.createElement("a"), { ...link, target: "_blank", rel: "noopener" }));
  notices.set(name, node);
  $("notices").append(node);
}

let standing = data.standing;
let heard = performance.now();
const boxes = new Map();
const models = new Map();
const boxOf = (id) => boxes.get(id);

const fixed = { candidate: data.candidate, page: pageName() };
const line = openLine(addresses, fixed, (state, told) => {
  notice("cut", state === "cut" ? "Mất liên lạc với máy chủ. Cứ làm tiếp trên trang này: câu trả lời được giữ trên máy và tự gửi lại." : "");
  const again = "Phiên đăng nhập đã hết. Trang này giữ nguyên: hãy đăng nhập lại ở cửa sổ mới, bài sẽ tự gửi tiếp.";
  notice("signed out", state === "signed out" ? again : "", { href: addresses.paper, textContent: "Đăng nhập lại" });
  notice("refused", state === "refused" ? told.message : "");
  if (state !== "ok") return;
  heard = performance.now();
  clock.hear(told);
});

function model(given) {
  const listeners = [];
  const host = {
    get: (name) => given[name],
    on: (_event, listen) => listeners.push(listen),
    tell: (message) => listeners.forEach((listen) => listen(message)),
    send(message) {
      const body = () => ({ question: given.question_id, value: message.value, revision: message.revision, ...counts() });
      line.save(given.question_id, body, (reply) => host.tell({ request: message.request, ...reply }));
    },
  };
  return host;
}

for (const given of data.questions) {
  const place = document.querySelector(`[data-item="${given.question_id}"]`);
  models.set(given.question_id, model(given));
  question.render({ model: models.get(given.question_id), el: place });
  boxes.set(given.question_id, place.querySelector("fieldset"));
}

function unsent() {
  const waiting = data.questions
    .map((given) => ({ given, status: boxOf(given.question_id).querySelector(".status") }))
    .filter(({ status }) => status.dataset.since);
  const oldest = Math.max(0, ...waiting.map(({ status }) => performance.now() - Number(status.dataset.since)));
  return { count: waiting.length, oldest: Math.round(oldest / 1000), numbers: waiting.map(({ given }) => given.number).join(", ") };
}
const counts = () => { const { count, oldest } = unsent(); return { unsent: count, oldest, answered: overview.summary().answered }; };

const clock = startClock($("clock"), () => beat());
const overview = listQuestions(data.questions, boxOf, async (id, mark) => {
  const done = await line.ask("flag", { question: id, on: mark.checked });
  notice("flag", done?.type === "flagged" ? "" : "Chưa ghi được dấu xem lại.");
  if (done?.type !== "flagged") mark.checked = !mark.checked;
});
const hands = handing({ line, unsent, summary: () => overview.summary(), hear, notice });
sealedFile(data, () => Object.fromEntries(data.questions
  .map(({ question_id: id }) => [id, boxOf(id).answer()])
  .filter(([, value]) => value !== undefined)));

function hear(told) {
  const before = standing.state;
  standing = { ...standing, ...told };
  clock.hear(told);
  if (told.kept) overview.kept(told.kept);
  $("standing").textContent = standing.words;
  for (const box of boxes.values()) box.disabled = standing.state !== "open";
  hands.show(standing.state, standing.receipts);
  notice("stopped", standing.state === "stopped" ? "Phòng thi đang tạm dừng, đồng hồ đứng lại. Chờ cán bộ coi thi cho tiếp tục." : "");
  notice("over", standing.state === "over" ? "Đã hết giờ: những gì máy chủ đã nhận được thu, trang đã khoá." : "");
  const words = "Bài này đang mở ở một cửa sổ hoặc máy khác. Câu đã sửa ở nơi kia không bị ghi đè: trang sẽ hỏi trước.";
  if ("elsewhere" in told) notice("elsewhere", told.elsewhere ? words : "");
  if (before !== "open" && standing.state === "open") for (const one of models.values()) one.tell({ type: "retry" });
}

async function beat() {
  if (hands.busy) return;
  const cut = line.failing;
  const told = await line.ask("beat", counts());
  if (!told?.words) return;
  hear(told);
  if (cut) for (const one of models.values()) one.tell({ type: "retry" });
}

setInterval(() => {
  overview.draw();
  const open = unsent();
  const words = open.count ? `CHƯA LƯU ${open.count} câu (lâu nhất ${open.oldest} giây)` : "Mọi câu đã lưu";
  if ($("sync").textContent !== words) $("sync").textContent = words;
  $("sync").dataset.state = open.count ? "unsaved" : "saved";
  const { words: summary } = overview.summary();
  if ($("summary").textContent !== summary) $("summary").textContent = summary;
}, 500);
setInterval(() => {
  if (standing.receipts || performance.now() - heard > BEAT - 100) beat();
}, BEAT);

if (matchMedia("(max-width: 48rem)").matches) $("overview").open = false;
overview.draw();
hear(standing);
beat();
