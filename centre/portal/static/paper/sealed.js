// The emergency file: what stands on the page, sealed to the sitting's key in this browser.
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => {
  let all = "";
  for (const byte of new Uint8Array(buffer)) all += String.fromCharCode(byte);
  return btoa(all);
};

async function seal(spki, plain) {
  const name = "RSA-OAEP";
  const theirs = await crypto.subtle.importKey("spki", bytes(spki), { name, hash: "SHA-256" }, false, ["encrypt"]);
  const own = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, own, new TextEncoder().encode(plain));
  const key = await crypto.subtle.encrypt({ name }, theirs, await crypto.subtle.exportKey("raw", own));
  return JSON.stringify({ version: 1, key: text(key), iv: text(iv), data: text(data) });
}

export function sealedFile(data, answers) {
  const button = document.getElementById("sealed");
  const words = document.getElementById("sealed-words");
  button.addEventListener("click", async () => {
    if (!globalThis.crypto?.subtle) {
      words.textContent = "Trình duyệt chỉ khoá được tệp khi trang mở bằng HTTPS. Hãy báo cán bộ coi thi.";
      return;
    }
    const file = await seal(data.key, JSON.stringify({ ticket: data.ticket, answers: answers() }));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    link.download = data.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    words.textContent = "Đã tạo tệp. Tệp chưa phải là bài nộp: phải giao cho cán bộ coi thi.";
  });
}
