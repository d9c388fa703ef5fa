// Sends evidence files as they are, one after the other; what is refused is said beside the form.
"use strict";
(() => {
  const csrf = document.querySelector('meta[name="csrf"]');
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.id !== "file-upload") return;
    event.preventDefault();
    const said = form.querySelector("[role=status]");
    const button = form.querySelector("button");
    const say = (text, bad) => { said.hidden = false; said.classList.toggle("bad", bad); said.textContent = text; };
    button.disabled = true;
    try {
      for (const file of form.elements.file.files) {
        say(form.dataset.sending + " " + file.name + " …", false);
        const about = new URLSearchParams({ name: file.name, tlp: form.elements.tlp.value, note: form.elements.note.value });
        for (const to of form.querySelectorAll("input[name=to]:checked")) about.append("to", to.value);
        const headers = { "Content-Type": "application/octet-stream", "HX-Request": "true", "HX-Current-URL": location.href };
        if (csrf) headers[csrf.dataset.header] = csrf.content;
        const answer = await fetch(form.dataset.to + "?" + about, { method: "POST", headers, body: file });
        if (answer.status === 401) return location.assign("/login");
        if (!answer.ok) {
          const words = await answer.json().catch(() => ({}));
          say(file.name + ": " + (words.message || answer.status), true);
          return;
        }
      }
      location.hash = "#files";
      location.reload();
    } catch (failure) {
      say(String(failure.message || failure), true);
    } finally {
      button.disabled = false;
    }
  });
})();
