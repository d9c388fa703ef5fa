// The console's own script: live list, keyboard. Works on top of pages that are complete without it.
"use strict";
(() => {
  const page = document.documentElement;
  page.classList.add("js");
  const list = () => document.getElementById("list");
  const rows = () => Array.from(document.querySelectorAll("tr.alert-row"));
  const selected = () => document.querySelector("tr.alert-row.selected");

  // htmx sends the CSRF token with everything that changes something.
  const csrf = document.querySelector('meta[name="csrf"]');
  document.addEventListener("htmx:configRequest", (event) => {
    if (csrf && event.detail.verb !== "get") event.detail.headers[csrf.dataset.header] = csrf.content;
    // Empty filters do not belong into the address.
    if (event.detail.elt.id === "filters") {
      for (const name of ["q", "status", "resource", "stakeholder", "group", "sort"]) {
        if (event.detail.parameters[name] === "") delete event.detail.parameters[name];
      }
    }
  });
  document.addEventListener("htmx:historyRestore", () => location.reload());

  // A list that is drawn anew (leaving the search field asks for it too) keeps its selection.
  let last = null;
  document.addEventListener("htmx:afterSettle", () => {
    const row = last && !selected() && document.getElementById(last);
    if (row) row.classList.add("selected");
  });
  function select(row) {
    last = row ? row.id : null;
    const before = selected();
    if (before) before.classList.remove("selected");
    if (row) {
      row.classList.add("selected");
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
  }
  document.addEventListener("hinomi:select", (event) => select(event.target));
  function move(step) {
    const all = rows();
    if (all.length === 0) return;
    const at = all.indexOf(selected());
    select(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))]);
  }
  function open(row, hash) {
    const link = row.querySelector("a.title");
    if (link) location.href = link.getAttribute("href") + (hash || "");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if (event.key === "Escape" && typing) {
      event.preventDefault(); // browsers empty a search field by it, and the next step would meet another list
      return typing.blur();
    }
    if (typing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const row = selected();
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "Enter" && row && !event.target.closest("a, button, summary")) open(row);
    else if (event.key === "a" && document.getElementById("note")) focusNote();
    else if (event.key === "u" && document.getElementById("back")) location.href = document.getElementById("back").href;
    else if (event.key === "/" && document.getElementById("q")) document.getElementById("q").focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr.alert-row");
    if (row && !event.target.closest("a, button, input, label, .mark") && String(getSelection()) === "") open(row);
    if (event.target.closest("#fresh")) reload();
  });
  function focusNote() {
    const note = document.getElementById("note");
    if (note) note.focus();
  }
  if (location.hash === "#ack") focusNote();

  // The way back keeps the filters.
  if (list()) sessionStorage.setItem("list", location.pathname + location.search);
  const back = document.getElementById("back");
  const kept = sessionStorage.getItem("list");
  if (back && kept && kept.startsWith("/alerts")) back.href = kept;
  document.addEventListener("htmx:pushedIntoHistory", () => {
    if (list()) sessionStorage.setItem("list", location.pathname + location.search);
  });

  // Live: rows that are there change in place; new ones come in at once only where nobody is about to click.
  const live = document.getElementById("live");
  const alertPage = document.querySelector("main[data-alert]");
  if (!list() && !alertPage) return;
  const changed = new Set();
  let timer = 0;
  let pointer = false;
  document.addEventListener("pointerover", (event) => { pointer = Boolean(event.target.closest("#rows")); });
  const quiet = () => scrollY < 40 && !selected() && !pointer && !document.querySelector("input[name=id]:checked");

  function reload() {
    select(null);
    htmx.ajax("GET", "/alerts" + location.search, { target: "#list", swap: "outerHTML" }).then(() => scrollTo(0, 0));
  }
  async function showNew(force) {
    const holder = list();
    if (!holder || holder.querySelector(".groups")) return;
    const query = holder.dataset.query;
    const after = (query ? query + "&" : "?") + "after=" + holder.dataset.newest;
    const answer = await fetch("/alerts/new" + after, { headers: { "HX-Request": "true" } });
    if (answer.status === 401) return location.assign("/login");
    if (!answer.ok) return;
    const count = Number(await answer.text());
    const fresh = document.getElementById("fresh");
    if (count === 0) { fresh.hidden = true; return; }
    if (quiet() || force) {
      const known = new Set(rows().map((row) => row.id));
      await htmx.ajax("GET", "/alerts" + location.search, { target: "#list", swap: "outerHTML" });
      const arrived = rows().filter((row) => !known.has(row.id));
      if (known.size > 0) arrived.forEach((row) => row.classList.add("arrived"));
      setTimeout(() => arrived.forEach((row) => row.classList.remove("arrived")), 2500);
    } else {
      fresh.textContent = (count === 1 ? holder.dataset.one : holder.dataset.many).replace("#", count);
      fresh.hidden = false;
    }
  }
  async function refresh() {
    timer = 0;
    // A row that is being marked or a question that is open is not pulled away.
    if (document.querySelector("dialog[open]")) { timer = setTimeout(refresh, 500); return; }
    const ids = Array.from(changed);
    changed.clear();
    for (const id of ids) {
      const row = document.getElementById("alert-" + id);
      if (row) {
        await htmx.ajax("GET", "/alerts/" + encodeURIComponent(id) + "/row", { target: row, swap: "outerHTML" });
        // As the row was when it was replaced, not when that was asked for: keys may have been pressed meanwhile.
        const marked = row.querySelector("input[name=id]");
        if (row.classList.contains("selected")) select(document.getElementById("alert-" + id));
        if (marked && marked.checked) document.querySelector("#alert-" + CSS.escape(id) + " input[name=id]").checked = true;
      }
    }
    await showNew(false);
  }
  let stream;
  const connect = () => {
    stream = new EventSource("/alerts/stream");
    stream.addEventListener("alert", (event) => {
      if (alertPage && alertPage.dataset.alert === event.data) document.getElementById("changed").hidden = false;
      if (!list()) return;
      changed.add(event.data);
      if (!timer) timer = setTimeout(refresh, 150);
    });
    stream.addEventListener("resync", () => { if (list()) showNew(false); });
    stream.addEventListener("ready", () => {
      if (live) { live.classList.remove("off"); live.firstElementChild.textContent = live.dataset.live; }
      if (list()) showNew(false);
    });
    stream.addEventListener("error", () => {
      if (live) { live.classList.add("off"); live.firstElementChild.textContent = live.dataset.offline; }
      // A refused stream, unlike a broken one, is not tried again by the browser itself.
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 15000);
    });
  };
  connect();
  addEventListener("pagehide", () => stream.close());
  // A page that comes back as it was left (the back button) hears of what happened meanwhile.
  addEventListener("pageshow", (event) => { if (event.persisted) connect(); });

  // Time until the next step of an escalation. The server's own words stay where there is no script.
  function countDown() {
    for (const one of document.querySelectorAll(".countdown[data-until]")) {
      const left = Math.max(0, Math.round((Date.parse(one.dataset.until) - Date.now()) / 1000));
      if (left >= 86400) continue;
      const two = (number) => String(number).padStart(2, "0");
      const clock = (left >= 3600 ? Math.floor(left / 3600) + ":" + two(Math.floor(left / 60) % 60) : String(Math.floor(left / 60))) + ":" + two(left % 60);
      one.textContent = one.dataset.text.replace("#", clock);
    }
  }
  countDown();
  setInterval(countDown, 1000);
  document.addEventListener("htmx:afterSettle", countDown);
})();
