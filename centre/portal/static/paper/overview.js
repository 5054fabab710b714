// The list of questions: how each stands, and a mark to come back to it.
const WORDS = { saved: "đã trả lời", invalid: "chưa đọc được", blank: "chưa trả lời", unsaved: "CHƯA LƯU", pending: "chưa lưu", saving: "đang lưu" };

export function listQuestions(questions, boxOf, onFlag) {
  const entries = questions.map((question) => {
    const go = document.createElement("button");
    Object.assign(go, { type: "button", className: "go plain", textContent: `Câu ${question.number}` });
    go.addEventListener("click", () => {
      const box = boxOf(question.question_id);
      box.scrollIntoView({ block: "start" });
      (box.querySelector("input:checked, input, select, textarea, button") ?? box).focus({ preventScroll: true });
    });
    const state = document.createElement("span");
    const mark = document.createElement("input");
    Object.assign(mark, { type: "checkbox", checked: question.flagged });
    mark.setAttribute("aria-label", `Câu ${question.number}: xem lại`);
    mark.addEventListener("change", () => onFlag(question.question_id, mark));
    const label = document.createElement("label");
    label.append(mark, " xem lại");
    const item = document.createElement("li");
    item.append(go, state, label);
    document.querySelector(`#overview ol[data-part="${boxOf(question.question_id).closest("[data-part]").dataset.part}"]`).append(item);
    const entry = { question, mark, known: question.note_state ?? "blank" };
    entry.draw = () => {
      const now = boxOf(question.question_id).querySelector(".status").dataset.state ?? entry.known;
      if (now === "saved" || now === "invalid") entry.known = now;
      if (state.dataset.state === now) return;
      state.dataset.state = now;
      state.textContent = WORDS[now] ?? WORDS.blank;
    };
    return entry;
  });

  const numbers = (chosen) => chosen.map((entry) => entry.question.number).join(", ");
  return {
    draw: () => entries.forEach((entry) => entry.draw()),
    /** What the server has, also from another window. */
    kept(ids) {
      for (const entry of entries) if (entry.known === "blank" && ids.includes(entry.question.question_id)) entry.known = "saved";
    },
    /** Questions by how they stand: numbers in words, and how many. */
    summary() {
      const kept = entries.filter((entry) => entry.known !== "blank");
      const left = entries.filter((entry) => entry.known === "blank");
      const unread = entries.filter((entry) => entry.known === "invalid");
      const flagged = entries.filter((entry) => entry.mark.checked);
      const parts = [`Máy chủ đã nhận ${kept.length}/${entries.length} câu`];
      if (left.length) parts.push(`chưa trả lời: câu ${numbers(left)}`);
      if (unread.length) parts.push(`chưa đọc được: câu ${numbers(unread)}`);
      if (flagged.length) parts.push(`đánh dấu xem lại: câu ${numbers(flagged)}`);
      return { words: `${parts.join("; ")}.`, answered: kept.length, left: left.length, unread: unread.length, flagged: flagged.length };
    },
  };
}
