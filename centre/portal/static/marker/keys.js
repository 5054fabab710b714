// A script marked by keys alone: a digit sets the level of the criterion in hand and moves on,
// Enter saves. What is chosen is kept as a draft, and the page says when.
const form = document.querySelector("#mark");
const criteria = [...form.querySelectorAll(".criterion")];
const button = form.querySelector("button");
const kept = document.querySelector("#kept");

const radios = (box) => [...box.querySelectorAll("input[type=radio]")];
const focusOn = (box) => (radios(box).find((one) => one.checked) ?? radios(box)[0]).focus();
const inHand = () => {
  const held = criteria.find((box) => box.contains(document.activeElement));
  return held ?? criteria.find((box) => !radios(box).some((one) => one.checked)) ?? criteria[0];
};

form.querySelector(".keys").hidden = false;
focusOn(criteria.find((box) => box.classList.contains("wrong")) ?? inHand());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("textarea, a, button, summary, select")) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (!event.repeat) form.requestSubmit(button);
    return;
  }
  const box = inHand();
  const radio = radios(box).find((one) => one.value === event.key);
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  later();
  const next = criteria[criteria.indexOf(box) + 1];
  next ? focusOn(next) : radio.focus();
});

let waiting = 0;
let sent = false;
function later() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, 1500);
}
async function keep() {
  if (sent || !form.dataset.draft) return;
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error",
    });
    if (!answer.ok) throw new Error(answer.status);
    kept.textContent = (await answer.json()).words;
  } catch {
    if (!sent) kept.textContent = "CHƯA giữ được bản nháp; bấm “Giữ bản nháp” để thử lại.";
  }
}
form.addEventListener("input", later);
form.addEventListener("submit", (event) => {
  if (sent) return event.preventDefault();
  sent = true;
  clearTimeout(waiting);
});
addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });

const began = Date.now();
setInterval(() => {
  const seconds = Math.floor((Date.now() - began) / 1000);
  document.querySelector("#clock").textContent = ` · đã ${Math.floor(seconds / 60)} phút ${seconds % 60} giây`;
}, 1000);
