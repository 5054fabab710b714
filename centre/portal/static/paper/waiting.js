// The waiting room: tells that somebody is here, and goes to the paper once it is started.
import { openLine } from "./line.js";

const BEAT = 3000; // ms
const words = document.getElementById("waiting-words");
const start = document.getElementById("start");
const line = openLine({ beat: document.getElementById("waiting").dataset.beat }, {}, (state) => {
  if (state === "cut") words.textContent = "Mất liên lạc với máy chủ; trang đang thử lại.";
  if (state === "signed out") words.textContent = "Phiên đăng nhập đã hết; tải lại trang để đăng nhập lại.";
});

setInterval(async () => {
  const told = await line.ask("beat");
  if (!told) return;
  if (told.started) { location.reload(); return; }
  if (told.open === !start.disabled) return;
  start.disabled = !told.open;
  words.textContent = told.open ? "Đã đến giờ: có thể bắt đầu." : "Chưa bắt đầu được: chưa đến giờ, kỳ thi đã đóng hoặc phòng thi đang tạm dừng. Trang tự mở khi được.";
}, BEAT);
document.querySelector("form").addEventListener("submit", () => setTimeout(() => { start.disabled = true; }));
