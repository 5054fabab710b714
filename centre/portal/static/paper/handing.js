// Handing in, and going on. What was handed in the server says; the page believes nothing else.
const $ = (id) => document.getElementById(id);

function button(text, act, className = "") {
  const node = document.createElement("button");
  Object.assign(node, { type: "button", textContent: text, className });
  node.addEventListener("click", act);
  return node;
}

export function handing({ line, unsent, summary, hear, notice }) {
  let under = false; // a request is on its way: pressed again, nothing happens

  async function ask(name, failed) {
    if (under) return;
    under = true;
    $("sure").hidden = true;
    $("standing").focus();
    $("standing").textContent = "Đang gửi yêu cầu…";
    const data = await line.ask(name);
    under = false;
    if (data?.words) hear(data); else $("standing").textContent = failed;
    notice("hand", data && !data.ok ? data.message : "");
  }

  async function handIn() {
    await line.flushed(4000); // what is on its way goes first
    await ask("hand_in", "CHƯA NỘP ĐƯỢC: máy chủ không trả lời. Câu đã báo “Đã lưu” vẫn còn nguyên; trang sẽ cho biết ngay khi liên lạc lại được.");
  }

  $("hand-in").addEventListener("click", () => {
    const { left, unread, words } = summary();
    const open = unsent();
    const said = document.createElement("p");
    const warned = open.count ? `CÓ ${open.count} CÂU CHƯA LƯU (câu ${open.numbers}): phần chưa lưu sẽ không được nộp. ` : "";
    said.textContent = `${warned}${words} Nộp bài bây giờ? Trước khi hết giờ vẫn có thể làm tiếp.`;
    const yes = button(open.count ? "Nộp phần đã lưu" : left || unread ? "Vẫn nộp" : "Nộp ngay", handIn, open.count ? "danger" : "");
    const no = button("Quay lại bài", () => { $("sure").hidden = true; $("hand-in").focus(); }, "plain");
    const row = document.createElement("div");
    row.className = "actions";
    row.append(yes, no);
    $("sure").replaceChildren(said, row);
    $("sure").hidden = false;
    yes.focus();
  });
  $("go-on").addEventListener("click", () => ask("go_on", "CHƯA MỞ LẠI ĐƯỢC: máy chủ không trả lời. Hãy thử lại."));

  return {
    show(state, receipts) {
      const had = [$("hand-in"), $("go-on")].includes(document.activeElement);
      $("hand-in").hidden = state !== "open";
      $("go-on").hidden = state !== "locked";
      $("receipt").hidden = !receipts;
      if (state !== "open") $("sure").hidden = true;
      if (had) $("standing").focus();
    },
    get busy() { return under; },
  };
}
