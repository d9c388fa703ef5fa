// The queue by keyboard: marks, steps for one or many, undo, the sheet of keys; on every page the menu of a value.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const list = () => byId("list");
  const boxes = () => Array.from(document.querySelectorAll("tr.alert-row input[name=id]"));
  const marked = () => boxes().filter((box) => box.checked).map((box) => box.value);
  const selected = () => document.querySelector("tr.alert-row.selected");
  const csrf = document.querySelector('meta[name="csrf"]');
  let all = false;

  // Copying is the one thing in the menu of a value that is no link.
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      try { await navigator.clipboard.writeText(copy.dataset.copy); } catch (refused) { return; }
      copy.textContent = copy.dataset.copied;
    }
  });

  // What can be done with a value: asked for when somebody wants it. Without script the link leads to a page of its own.
  let menu = null;
  function closeMenu() {
    if (!menu) return;
    const pick = menu.previousElementSibling;
    menu.remove();
    menu = null;
    pick.removeAttribute("aria-expanded");
    return pick;
  }
  document.addEventListener("click", async (event) => {
    const pick = event.target.closest("a.pick");
    if (menu && menu.contains(event.target)) return;
    const same = menu && menu.previousElementSibling === pick;
    closeMenu();
    if (!pick || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (same) return;
    const answer = await fetch(pick.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return location.assign(pick.href);
    closeMenu();
    menu = document.createElement("div");
    menu.className = "value-menu";
    menu.innerHTML = await answer.text();
    pick.after(menu);
    pick.setAttribute("aria-expanded", "true");
    menu.querySelector("a, button").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (!menu) return;
    if (event.key === "Escape") { closeMenu().focus(); event.preventDefault(); event.stopPropagation(); }
    else if (menu.contains(event.target) && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const all = Array.from(menu.querySelectorAll("a, button"));
      const to = all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
      if (all[to]) all[to].focus();
      event.preventDefault();
    }
  }, true);

  if (!byId("step")) return;

  function count() {
    const bar = byId("bulk");
    if (!bar) return;
    const number = marked().length;
    bar.hidden = number === 0 && !all;
    byId("marked").textContent = all ? bar.querySelector("[data-step=all]").textContent : (number === 1 ? bar.dataset.one : bar.dataset.many.replace("#", number));
  }
  function clear() {
    all = false;
    for (const box of boxes()) box.checked = false;
    count();
  }

  let underWay = Promise.resolve();
  function post(url, form) {
    const sent = send(url, form);
    underWay = sent.catch(() => {});
    return sent;
  }
  async function send(url, form) {
    const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    if (csrf) headers[csrf.dataset.header] = csrf.content;
    const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
    if (answer.status === 401 || answer.status === 403) {
      // What was written in the question is kept, and there again when it is asked again.
      document.dispatchEvent(new CustomEvent("hinomi:refused"));
      return answer.status === 401 ? location.assign("/login") : location.reload();
    }
    return answer.ok ? answer.text() : null;
  }
  function toast(html) {
    const holder = document.createElement("div");
    holder.innerHTML = html;
    const element = holder.firstElementChild;
    byId("toasts").prepend(element);
    htmx.process(element);
    while (byId("toasts").children.length > 3) byId("toasts").lastElementChild.remove();
    if (!element.dataset.action) setTimeout(() => element.remove(), 4000);
  }
  // When a step for many is over, the rows say so themselves; the message goes.
  document.addEventListener("htmx:afterSwap", (event) => {
    const element = event.detail.elt;
    if (element && element.matches && element.matches(".toast.action") && ["done", "undone"].includes(element.dataset.state)) {
      rows(element.dataset.state === "undone");
      if (!element.classList.contains("bad")) setTimeout(() => element.remove(), 4000);
    }
  });

  // Redraws every row that is on the page, in its place.
  async function rows() {
    for (const row of document.querySelectorAll("tr.alert-row")) {
      if (!row.querySelector(".under-way") && !row.dataset.touched) continue;
      const was = row.classList.contains("selected");
      await htmx.ajax("GET", "/alerts/" + encodeURIComponent(row.dataset.id) + "/row", { target: row, swap: "outerHTML" });
      if (was) keep(row.id);
    }
  }
  function keep(id) {
    const row = byId(id);
    if (row) row.dispatchEvent(new CustomEvent("hinomi:select", { bubbles: true }));
  }
  // Whoever is quicker than the server means the step that was asked for last, not the one before it.
  function undo() {
    underWay.then(() => setTimeout(() => { const button = document.querySelector("#toasts .undo"); if (button) button.click(); }));
  }
  function touched(ids) {
    for (const id of ids) {
      const row = byId("alert-" + id);
      if (row) { row.dataset.touched = "1"; row.classList.add("touched"); }
    }
  }

  function chosen() {
    const form = [["query", list().dataset.query], ["upTo", list().dataset.newest]];
    if (all) return { form: [...form, ["all", "true"]], ids: boxes().map((box) => box.value) };
    // What was marked counts while the list is being drawn anew, too.
    const chosen = boxes().filter((box) => box.checked || kept.includes(box.value)).map((box) => box.value);
    const ids = chosen.length ? chosen : (selected() ? [selected().dataset.id] : []);
    return { form: [...form, ...ids.map((id) => ["id", id])], ids };
  }

  // One alert: at once, or with a moment to take it back. More: first how many exactly.
  async function step(kind) {
    const { form, ids } = chosen();
    if (ids.length === 0) return;
    const several = all || ids.length > 1;
    if (!several && (kind === "assign" || kind === "begin")) {
      const row = byId("alert-" + ids[0]);
      const argument = kind === "assign" ? "~me" : "";
      const html = await post("/alerts/" + encodeURIComponent(ids[0]) + "/triage", [["kind", kind], ["argument", argument], ["seen", row.dataset.version]]);
      if (html) toast(html);
      touched(ids);
      return rows();
    }
    if (!several && kind === "ack") {
      const html = await post("/alerts/actions", [...form, ["kind", kind]]);
      if (html) { toast(html); touched(ids); next(ids[0]); }
      return;
    }
    const html = await post("/alerts/actions/preview", [...form, ["kind", kind], ["argument", kind === "assign" ? "~me" : ""]]);
    if (!html) return;
    const dialog = byId("step");
    dialog.innerHTML = html;
    dialog.dataset.ids = JSON.stringify(ids);
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("hinomi:asked", { bubbles: true }));
    const field = dialog.querySelector("input[name=argument]:checked, select, textarea");
    if (field) field.focus();
  }
  // After a step with one alert the next is selected, so that a queue is cleared without looking for the place.
  function next(id) {
    const row = byId("alert-" + id);
    if (!row || !row.classList.contains("selected")) return;
    const after = row.nextElementSibling;
    if (after && after.classList.contains("alert-row")) {
      row.classList.remove("selected");
      keep(after.id);
      after.scrollIntoView({ block: "nearest" });
    }
  }

  const dialog = byId("step");
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const html = await post("/alerts/actions", new FormData(form));
    if (!html) return;
    const ids = JSON.parse(dialog.dataset.ids);
    if (html.includes("step-form")) { dialog.innerHTML = html; return; }
    form.dispatchEvent(new CustomEvent("hinomi:taken", { bubbles: true }));
    dialog.close();
    toast(html);
    touched(ids);
    clear();
    if (ids.length === 1) next(ids[0]); else if (selected()) keep(selected().id);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest("[data-close]")) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    const verdicts = dialog.querySelectorAll("input[type=radio]");
    if (/^[0-9]$/.test(event.key) && verdicts.length && !event.target.closest("textarea")) {
      const verdict = verdicts[event.key === "0" ? 9 : Number(event.key) - 1];
      verdict.click();
      verdict.focus(); // else the next Tab would only lead here, and not to the note
      event.preventDefault();
    } else if (event.key === "Enter" && !event.isComposing && (event.ctrlKey || !event.target.closest("textarea, button"))) {
      event.preventDefault();
      dialog.querySelector("form").requestSubmit(dialog.querySelector("button.primary"));
    }
  });

  document.addEventListener("change", (event) => { if (event.target.matches("tr.alert-row input[name=id]")) { all = false; count(); } });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    if (button.dataset.step === "none") clear();
    else if (button.dataset.step === "all") { all = true; for (const box of boxes()) box.checked = true; count(); }
    else step(button.dataset.step);
  });
  // A list that is drawn anew (leaving the search field asks for it too) keeps its marks; one of something else does not.
  let shown = location.search;
  let kept = [];
  document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.target.id === "list") kept = marked(); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "list" || (!kept.length && !all)) return;
    // What was marked since the new rows came stays marked as well.
    for (const box of boxes()) box.checked = box.checked || all || kept.includes(box.value);
    kept = [];
    count();
  });
  byId("help").addEventListener("click", () => byId("keys").showModal());

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select")) return;
    const steps = { a: "ack", m: "assign", b: "begin", v: "judge", e: "incident" };
    if (steps[event.key] && (selected() || marked().length || all)) step(steps[event.key]);
    else if (event.key === "x" && selected()) {
      const box = selected().querySelector("input[name=id]");
      box.checked = !box.checked;
      all = false;
      count();
    } else if (event.key === "X" && list()) { all = true; for (const box of boxes()) box.checked = true; count(); }
    else if (event.key === "z") undo();
    else if (event.key === "r" && byId("fresh") && !byId("fresh").hidden) byId("fresh").click();
    else if (event.key === "Escape" && (marked().length || all)) clear();
    else if (event.key === "?") byId("keys").showModal();
    else return;
    event.preventDefault();
  });

  // The side shows what the list holds now. It is counted where somebody sees it, and nowhere else.
  let facetsAt = null;
  function countFacets() {
    const side = byId("facets");
    if (location.search === facetsAt || side.offsetParent === null) return;
    facetsAt = location.search;
    htmx.ajax("GET", "/alerts/facets" + location.search, { target: "#facets", swap: "innerHTML" });
  }
  byId("fold").addEventListener("click", () => {
    byId("fold").setAttribute("aria-expanded", String(byId("facets").classList.toggle("open")));
    countFacets();
  });
  matchMedia("(min-width: 108rem)").addEventListener("change", countFacets);
  countFacets();
  document.addEventListener("htmx:pushedIntoHistory", () => {
    if (location.search !== shown) { kept = []; clear(); }
    shown = location.search;
    countFacets();
  });
})();
