// Time left by the server's clock. The machine's own clock is not looked at: only how much time
// has passed since the server last told the time, and whether the machine slept meanwhile.
const two = (number) => String(number).padStart(2, "0");
const spoken = (s) => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;

export function startClock(node, ask) {
  let told = null; // the server's time, its end, and when we heard it
  let state = "open";
  let asked = false;
  let ticked = performance.now();

  const left = () => Math.max(0, Math.ceil((told.due - told.now - (performance.now() - told.at)) / 1000));
  const draw = () => {
    if (!told) return;
    const seconds = left();
    node.dataset.hurry = state === "open" && seconds < 300;
    if (state === "over") node.textContent = "Đã hết giờ";
    else if (state === "stopped") node.textContent = "Đồng hồ đang dừng";
    else node.textContent = `Còn lại ${spoken(seconds)}`;
    if (!seconds && state !== "over" && state !== "stopped" && !asked) {
      asked = true; // a hall of pages does not ask in the same moment
      setTimeout(async () => { await ask(); asked = false; }, 500 + Math.random() * 3000);
    }
  };
  setInterval(() => {
    const passed = performance.now() - ticked;
    ticked = performance.now();
    if (passed > 5000) ask(); // slept, or put aside
    draw();
  }, 500);
  for (const name of ["focus", "online", "pageshow"]) addEventListener(name, () => ask());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

  return {
    hear(data) {
      if (data.now && data.due) told = { now: data.now, due: data.due, at: performance.now() };
      if (data.state) ({ state } = data);
      draw();
    },
  };
}
