// The line to the server: saves go one after another, each tried until it is answered. Whether
// the line is cut, or the session over, is told; nothing is taken for sent without a reply.
const PATIENCE = 20000; // ms for one request
const WAITS = [1000, 2000, 4000, 8000]; // ms between two tries while the line is cut

const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
const rest = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export function openLine(addresses, fixed, onState) {
  const waiting = []; // saves in order; a newer one of the same question takes its place
  let busy = false;
  let failures = 0;

  async function post(name, body) {
    const answer = await fetch(addresses[name], {
      method: "POST",
      redirect: "manual", // to the sign-in page: the session is over
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie() },
      body: JSON.stringify({ ...fixed, ...body }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error("signed out");
    if (answer.status >= 500) throw new Error("busy");
    return { ok: answer.ok, ...await answer.json() };
  }

  async function ask(name, body = {}) {
    try {
      const data = await post(name, body);
      failures = 0;
      onState(data.type === "refused" ? "refused" : "ok", data);
      return data;
    } catch (error) {
      failures += 1;
      onState(error.message === "signed out" ? "signed out" : "cut");
      return null;
    }
  }

  async function pump() {
    if (busy) return;
    busy = true;
    try {
      while (waiting.length) {
        const [first] = waiting;
        const data = await ask("save", first.body());
        if (data) {
          waiting.shift();
          if (data.type === "refused") break;
          first.done(data);
        } else await rest(WAITS[Math.min(failures, WAITS.length) - 1]);
      }
    } finally {
      busy = false;
    }
  }

  return {
    ask,
    get failing() { return failures > 0; },
    get idle() { return !busy; },
    save(question, body, done) {
      const entry = { question, body, done };
      const known = waiting.findIndex((one, place) => one.question === question && (place > 0 || !busy));
      if (known >= 0) waiting[known] = entry; else waiting.push(entry);
      setTimeout(pump); // drafts are sent while the page is still being made
    },
    async flushed(ms) {
      for (let waited = 0; busy && waited < ms; waited += 100) await rest(100);
      return !busy;
    },
  };
}
