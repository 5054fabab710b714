// The hall renews itself in place: what is ticked, typed or focused stays.
const EVERY = 3000; // ms
const $ = (id) => document.getElementById(id);
const table = $("seats");
const rows = [...table.querySelectorAll("tbody tr[data-candidate]")];

function put(cell, text) { if (cell.textContent !== text) cell.textContent = text; }

function filter() {
  const words = $("filter").value.trim().toLocaleLowerCase("vi");
  for (const row of rows) {
    const found = row.textContent.toLocaleLowerCase("vi").includes(words);
    row.hidden = !found || ($("attention").checked && !row.classList.contains("attention"));
  }
}

async function renew() {
  try {
    const answer = await fetch(table.dataset.state, { redirect: "manual", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
    if (!answer.ok) throw new Error("not signed in");
    const told = await answer.json();
    put($("summary"), told.summary);
    put($("at"), told.at);
    for (const row of rows) {
      const now = told.rows[row.dataset.candidate];
      if (!now) continue;
      row.classList.toggle("attention", now.attention);
      for (const cell of row.querySelectorAll("[data-cell]")) put(cell, now[cell.dataset.cell]);
      row.querySelector(".badge").className = `badge ${now.colour}`;
    }
    filter();
  } catch {
    put($("at"), "– CHƯA CẬP NHẬT ĐƯỢC: mất liên lạc hoặc phiên đã hết; tải lại trang");
  }
  setTimeout(renew, EVERY);
}

$("filter").addEventListener("input", filter);
$("attention").addEventListener("change", filter);
$("all").addEventListener("change", () => {
  for (const row of rows) if (!row.hidden) row.querySelector("input").checked = $("all").checked;
});
setTimeout(renew, EVERY);
