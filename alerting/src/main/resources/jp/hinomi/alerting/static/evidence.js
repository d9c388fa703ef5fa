// Sends evidence files as they are, one after the other; what is refused is said beside the form, which stays as it was filled in.
"use strict";
(() => {
  const csrf = document.querySelector('meta[name="csrf"]');
  const ended = (answer) => answer.redirected || answer.status === 401 || answer.status === 403;

  // A login that was renewed in another tab has another token than this page.
  async function renewed() {
    const page = await fetch(location.href);
    if (!page.ok || page.redirected || !csrf) return false;
    const meta = new DOMParser().parseFromString(await page.text(), "text/html").querySelector('meta[name="csrf"]');
    if (!meta) return false;
    csrf.content = meta.content;
    return true;
  }
  function post(form, file) {
    const about = new URLSearchParams({ name: file.name, tlp: form.elements.tlp.value, note: form.elements.note.value });
    for (const to of form.querySelectorAll("input[name=to]:checked")) about.append("to", to.value);
    const headers = { "Content-Type": "application/octet-stream", "HX-Request": "true", "HX-Current-URL": location.href };
    if (csrf) headers[csrf.dataset.header] = csrf.content;
    return fetch(form.dataset.to + "?" + about, { method: "POST", headers, body: file });
  }
  // Empty, or why it was not kept.
  async function refused(form, file) {
    // Asked here already: a server that answers before it has read everything is not heard by every browser.
    if (file.size > Number(form.dataset.limit)) return form.dataset.large;
    try {
      let answer = await post(form, file);
      if (ended(answer)) {
        if (!await renewed()) {
          document.dispatchEvent(new Event("hinomi:refused")); // whoever goes to the login here finds what was typed again
          return form.dataset.expired;
        }
        answer = await post(form, file);
      }
      if (answer.ok) return "";
      const words = await answer.json().catch(() => ({}));
      return words.message || words.detail || form.dataset.failed + " (" + answer.status + ")";
    } catch {
      return form.dataset.lost;
    }
  }

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
        const why = await refused(form, file);
        if (why) return say(file.name + ": " + why, true);
      }
      location.hash = "#files";
      location.reload();
    } finally {
      button.disabled = false;
    }
  });
})();
