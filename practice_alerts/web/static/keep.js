// Keeps what is typed on the answer page, a second after the last key. Without scripts the page works as
// it is: "Save for later" does the same.
"use strict";

(() => {
  const form = document.querySelector("form[data-keeps=typing]");
  if (!form) return;
  const said = form.querySelector(".kept-at");
  const PAUSE = 1000;
  let waiting = 0;

  async function keep() {
    waiting = 0;
    const body = new URLSearchParams(new FormData(form));
    body.set("press", "typing");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, redirect: "manual", keepalive: true });
      const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      said.textContent = answer.status === 204
        ? `Kept at ${now}. It has not been sent yet.`
        : answer.status === 401
        ? "Not kept: you are signed out. Copy what you typed, then load this page again to sign in."
        : "Not kept just now. Press “Save for later” before you leave.";
    } catch {
      said.textContent = "Not kept: there is no connection. Do not close this page; it tries again as you type.";
    }
    said.hidden = false;
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    waiting = 0; // what is sent is kept with it: nothing is kept once more behind it
  });
  // A question, or a step, is sent by a form of its own: the page that comes back shows the answer as it is kept.
  for (const other of document.querySelectorAll("form[method=post]")) {
    if (other === form) continue;
    other.addEventListener("submit", async (event) => {
      if (!waiting) return;
      event.preventDefault();
      clearTimeout(waiting);
      await keep();
      other.requestSubmit(event.submitter);
    });
  }
  addEventListener("pagehide", () => {
    if (waiting) {
      clearTimeout(waiting);
      keep();
    }
  });
})();
