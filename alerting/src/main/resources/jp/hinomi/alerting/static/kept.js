// What was typed into a form whose session ended is not lost: this tab remembers it until the form was taken. In no address and on no server; never passwords or codes.
"use strict";
(() => {
  const KEY = "hinomi-kept";
  const LONGEST = 1000000;
  const TYPED = /^(text|search|email|url|tel|number|date|time|datetime-local|checkbox|radio|textarea|select-one|select-multiple)$/;
  const SECRET = /password|one-time-code/;
  // The login and the page that tells of an error: whatever form led there was not taken.
  const note = document.getElementById("kept-note");
  const words = document.getElementById("kept-words");
  const account = words ? words.dataset.account : "";

  function read() {
    try { return JSON.parse(sessionStorage.getItem(KEY)) || []; } catch (broken) { return []; }
  }
  function write(entries) {
    const text = JSON.stringify(entries);
    try {
      if (entries.length && text.length < LONGEST) sessionStorage.setItem(KEY, text);
      else sessionStorage.removeItem(KEY);
    } catch (full) { /* what is typed is still in the form */ }
  }
  const hold = () => write(read().map((entry) => ({ ...entry, held: true })));
  document.addEventListener("hinomi:refused", hold);

  const fields = (form) => Array.from(form.elements).filter((field) => field.name && TYPED.test(field.type)
    && !SECRET.test(field.autocomplete || "") && !field.closest("[data-secret]"));
  const isBox = (field) => field.type === "checkbox" || field.type === "radio";
  const isSelect = (field) => field.tagName === "SELECT";
  const options = (field, chosen) => JSON.stringify(Array.from(field.options).filter(chosen).map((option) => option.value));
  const now = (field) => isBox(field) ? String(field.checked) : isSelect(field) ? options(field, (option) => option.selected) : field.value;
  // A list without a choice of its own has its first option chosen.
  const base = (field) => isBox(field) ? String(field.defaultChecked)
    : !isSelect(field) ? field.defaultValue
    : field.multiple || Array.from(field.options).some((option) => option.defaultSelected) ? options(field, (option) => option.defaultSelected)
    : JSON.stringify(field.options.length ? [field.options[0].value] : []);
  const mark = (field) => field.name + (isBox(field) ? "=" + field.value : "");
  function put(field, value) {
    if (isBox(field)) field.checked = value === "true";
    else if (isSelect(field)) { const chosen = JSON.parse(value); for (const option of field.options) option.selected = chosen.includes(option.value); }
    else field.value = value;
  }

  const to = (form) => new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
  // One address takes several kinds of steps: an entry and each correction of one, the turns of each rotation.
  const kind = (form) => Array.from(form.elements).filter((field) => field.type === "hidden" && /^(kind|supersedes|rotation)$/.test(field.name))
    .map((field) => "#" + field.value).join("");
  const place = (form) => (form.dataset.to || to(form)) + kind(form);
  const counts = (form) => form instanceof HTMLFormElement && (form.method === "post" || Boolean(form.dataset.to)) && to(form) !== "/logout";
  const known = (entry, form) => entry.page === location.pathname && entry.action === place(form);
  function remember(form) {
    const others = read().filter((entry) => !known(entry, form));
    const typed = fields(form).filter((field) => now(field) !== base(field));
    if (typed.length) {
      others.push({ page: location.pathname, search: location.search, action: place(form), account, held: false,
        fields: typed.map((field) => ({ mark: mark(field), value: now(field), base: base(field) })) });
    }
    write(others);
  }

  function bar(text, entry, after) {
    const line = document.createElement("p");
    line.className = "notice kept";
    line.setAttribute("role", "status");
    line.append(text + " ");
    const away = document.createElement("button");
    away.type = "button";
    away.className = "plain";
    away.textContent = words.dataset.discard;
    away.addEventListener("click", () => {
      write(read().filter((one) => !(one.page === entry.page && one.action === entry.action)));
      line.remove();
      if (after) after();
    });
    line.append(away);
    return line;
  }
  function restore(form) {
    const entry = read().find((one) => one.held && known(one, form));
    if (!entry) return false;
    let changed = false;
    for (const kept of entry.fields) {
      const field = fields(form).find((one) => mark(one) === kept.mark);
      if (!field) continue;
      changed = changed || base(field) !== kept.base;
      put(field, kept.value);
      for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    }
    const line = bar(changed ? words.dataset.changed : words.dataset.restored, entry, () => form.reset());
    form.prepend(line);
    line.scrollIntoView({ block: "nearest" });
    remember(form);
    return true;
  }

  if (note) {
    if (new URLSearchParams(location.search).has("bye")) write([]);
    hold();
    const last = read().pop();
    if (last) {
      note.hidden = false;
      const back = note.querySelector("a");
      if (back) back.href = last.page + last.search;
    }
    return;
  }
  if (!words) return;

  // Who logs in after somebody else finds nothing of theirs; what was taken is not kept.
  write(read().filter((entry) => entry.held && entry.account === account));
  for (const form of document.forms) if (counts(form)) restore(form);
  for (const entry of read().filter((one) => one.held)) {
    const here = entry.page === location.pathname && entry.search === location.search;
    const line = bar(here ? words.dataset.later : words.dataset.elsewhere, entry);
    if (!here) {
      const link = document.createElement("a");
      link.href = entry.page + entry.search;
      link.textContent = words.dataset.back;
      line.insertBefore(link, line.lastElementChild);
      line.insertBefore(document.createTextNode(" "), line.lastElementChild);
    }
    document.getElementById("main").prepend(line);
  }
  // A form that comes later: a question, a part of the page.
  document.addEventListener("hinomi:asked", (event) => {
    for (const form of event.target.querySelectorAll("form")) {
      if (counts(form) && restore(form)) document.querySelectorAll("#main > .notice.kept").forEach((line) => line.remove());
    }
  });

  let timer = 0;
  let latest = null;
  const save = () => { clearTimeout(timer); if (latest && latest.isConnected) remember(latest); latest = null; };
  const soon = (event) => {
    const form = event.target.form;
    if (!form || !counts(form)) return;
    if (latest && latest !== form) save();
    latest = form;
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  };
  document.addEventListener("input", soon);
  document.addEventListener("change", soon);
  document.addEventListener("submit", (event) => {
    if (counts(event.target)) { sent = true; latest = event.target; save(); }
    else if (to(event.target) === "/logout") write([]);
  }, true);
  // A long form that is left for another page without having been sent is kept as well.
  let sent = false;
  addEventListener("pagehide", () => {
    save();
    if (sent) return;
    const guarded = Array.from(document.forms).filter((form) => "guard" in form.dataset);
    write(read().map((entry) => guarded.some((form) => known(entry, form)) ? { ...entry, held: true } : entry));
  });
  addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
  // A step that was taken without another page has nothing left to keep.
  document.addEventListener("hinomi:taken", (event) => write(read().filter((entry) => !known(entry, event.target))));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 403) { save(); hold(); location.reload(); }
  });
})();
