/* The review page: verdicts by fetch, the document beside them, keys. Without it every form still posts by itself. */
(() => {
  "use strict";
  const split = document.getElementById("split");
  if (!split) return;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const zh = document.documentElement.lang.startsWith("zh");
  const word = (chinese, english) => (zh ? chinese : english);
  const said = (text) => (zh ? text.zh : text.en);

  /* Verdicts */
  const saved = (text, failed = false) => {
    const place = document.getElementById("saved");
    if (!place) return;
    place.textContent = text;
    place.dataset.state = failed ? "failed" : "saved";
  };
  async function post(form, extra = {}) {
    const body = new FormData(form);
    Object.entries(extra).forEach(([name, value]) => body.set(name, value));
    saved(word("正在保存…", "Saving…"));
    let response;
    try {
      response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    } catch {
      saved(word("未保存，请检查网络后再点一次", "Not saved; check the network and press again"), true);
      return null;
    }
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const text = (answer.reasons || (answer.text ? [answer.text] : [])).map(said).join(" ");
    complain(form, text || word("未保存，请刷新页面", "Not saved; please reload the page"), answer.sign_in);
    return null;
  }
  function complain(form, text, address) {
    saved(word("未保存", "Not saved"), true);
    const row = form.closest(".lh-verdict-row, .lh-verdict-group") || form;
    let place = row.querySelector("[data-error]");
    if (!place) {
      place = Object.assign(document.createElement("p"), { className: "lh-error lh-row-error" });
      place.dataset.error = "";
      place.setAttribute("role", "alert");
      row.append(place);
    }
    place.hidden = false;
    place.textContent = text;
    if (address) place.append(" ", Object.assign(document.createElement("a"), { href: address, textContent: word("去登录", "Sign in") }));
  }
  function take(answer) {
    const focus = document.activeElement;
    const held = focus?.closest(".lh-verdict-row, .lh-verdict-group, #decision");
    const again = held && { id: held.id, name: focus.name, value: focus.tagName === "BUTTON" ? focus.value : null, start: focus.selectionStart };
    const typed = held?.querySelector("textarea") === focus ? focus.value : null;
    const current = document.querySelector(".lh-verdict-row[aria-current]")?.id;
    Object.entries(answer.parts).forEach(([id, html]) => {
      const old = document.getElementById(id);
      if (!old) return;
      const holder = document.createElement("template");
      holder.innerHTML = html.trim();
      const fresh = holder.content.firstElementChild;
      old.replaceWith(fresh);
    });
    Object.entries(answer.counts).forEach(([tab, count]) => all(`[data-count="${tab}"]`).forEach((one) => { one.textContent = count; }));
    if (current) document.getElementById(current)?.setAttribute("aria-current", "true");
    if (again) {
      const row = document.getElementById(again.id);
      const control = row && all("button, select, textarea", row).find((one) => one.name === again.name && (again.value === null || one.value === again.value));
      (control || row)?.focus({ preventScroll: true });
      if (typed !== null && control) { control.value = typed; control.setSelectionRange(again.start, again.start); }
    }
    saved(`${word("意见已保存", "Verdicts saved")} ${answer.saved}`);
  }
  const anchor = (row) => row.id;
  function openReason(row) {
    if (row.querySelector(".lh-verdict-reason")) return;
    const kind = row.dataset.item.split(":")[0], key = row.dataset.item.slice(kind.length + 1);
    const template = document.getElementById(`reason-${kind}`);
    if (!template) return;
    const box = document.createElement("div");
    box.innerHTML = template.innerHTML.replaceAll("__item__", row.dataset.item).replaceAll("__id__", anchor(row)).replaceAll("__key__", key);
    const form = box.firstElementChild;
    row.querySelector(".lh-earlier") ? row.querySelector(".lh-earlier").before(form) : row.append(form);
  }
  function returnRow(row) {
    openReason(row);
    row.querySelector(".lh-return").setAttribute("aria-pressed", "true");
    row.querySelector(".lh-accept").setAttribute("aria-pressed", "false");
    row.querySelector(".lh-verdict-reason select, .lh-verdict-reason textarea")?.focus();
  }
  async function press(form, button) {
    const row = form.closest(".lh-verdict-row");
    choose(row, false);
    if (button.classList.contains("lh-return")) {
      const box = row.querySelector(".lh-verdict-reason");
      if (!box || row.dataset.state !== "returned") { returnRow(row); return; }
      box.querySelector("select, textarea")?.focus();
      return;
    }
    const clears = row.dataset.state === "accepted" && form.elements.item;
    const answer = await post(form, clears ? { result: "clear" } : { [button.name]: button.value });
    if (answer) take(answer);
  }
  async function sendReason(form) {
    if (!form.elements.reason.value) return;
    const answer = await post(form);
    if (answer) take(answer);
  }
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("[data-verdict]")) { event.preventDefault(); press(form, event.submitter); }
    else if (form.matches("[data-reason]")) { event.preventDefault(); sendReason(form); }
    else if (form.matches("[data-differs]")) { event.preventDefault(); const answer = await post(form); if (answer) take(answer); }
    else if (form.matches("[data-section]")) { event.preventDefault(); const answer = await post(form, { result: "accepted" }); if (answer) take(answer); }
    else if (form.matches("[data-reveal]")) {
      event.preventDefault();
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } }).catch(() => null);
      const masked = form.closest(".lh-masked");
      if (response?.ok) { masked.outerHTML = await response.text(); } else { complain(form, word("没有显示，请刷新页面", "Not shown; please reload the page")); }
    }
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-reason], [data-differs]");
    if (!form) return;
    if (event.target.name === "reason") {
      const hint = document.getElementById(event.target.getAttribute("aria-describedby")), option = event.target.selectedOptions[0];
      if (hint) hint.textContent = option?.dataset.correction ? hint.dataset.lead + option.dataset.correction : "";
    }
    if (form.matches("[data-reason]")) sendReason(form);
  });

  /* Tabs */
  function tab(name) {
    all("[data-tab]").forEach((one) => { if (one.dataset.tab === name) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current"); });
    all("[data-panel]").forEach((one) => { one.hidden = one.dataset.panel !== name; });
    document.querySelector(".lh-pane-scroll").scrollTop = 0;
    history.replaceState(null, "", `?tab=${name}`);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-tab]");
    if (link) { event.preventDefault(); tab(link.dataset.tab); }
  });

  /* Rows */
  const rows = () => all("[data-panel]:not([hidden]) .lh-verdict-row[data-item]");
  function choose(row, focus = true) {
    all(".lh-verdict-row[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    bring(row, focus);
    if (focus) row.focus({ preventScroll: true });
    if (row.dataset.doc && row.dataset.doc !== shown.key) see(row.dataset.doc);
    document.dispatchEvent(new CustomEvent("review:chosen", { detail: row }));
  }
  /* The pane scrolls, never the page; on a phone there is no pane. */
  function bring(row, near) {
    const pane = document.querySelector(".lh-pane-scroll");
    if (getComputedStyle(pane).overflowY === "visible") { if (near) row.scrollIntoView({ block: "center" }); return; }
    const head = 40, top = row.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (!near && (top < head || top + row.offsetHeight > pane.clientHeight)) pane.scrollTop += top - pane.clientHeight / 3;
    else if (top < head) pane.scrollTop += top - head;
    else if (top + row.offsetHeight > pane.clientHeight) pane.scrollTop += top + row.offsetHeight - pane.clientHeight;
  }
  function step(by) {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((row) => row.hasAttribute("aria-current"));
    choose(list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
  }
  function nextOpen() {
    const open = (panel) => all('.lh-verdict-row[data-item][data-state=""]', panel);
    const here = document.querySelector("[data-panel]:not([hidden])");
    const current = here.querySelector(".lh-verdict-row[aria-current]");
    const later = open(here).filter((row) => !current || current.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
    const others = all("[data-panel][hidden]").filter((panel) => open(panel).length);
    const row = later[0] || (others.length ? open(others[0])[0] : open(here)[0]);
    if (!row) return;
    const panel = row.closest("[data-panel]");
    if (panel !== here) tab(panel.dataset.panel);
    choose(row);
  }
  document.addEventListener("click", (event) => { if (event.target.closest("[data-next-open]")) nextOpen(); });
  document.addEventListener("click", (event) => {
    const row = event.target.closest(".lh-verdict-row[data-item]");
    if (row && !event.target.closest("button, a, select, textarea, input, label")) choose(row);
  });

  /* The document */
  const picture = document.querySelector("[data-picture]");
  const select = document.querySelector("[data-document]");
  const sheet = document.querySelector(".lh-sheet");
  const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
  const shown = { key: "", pages: 0, version: 0, old: false, page: 1, zoom: 2, turn: 0 };
  if (select) {
    const option = select.selectedOptions[0];
    Object.assign(shown, { key: option.value, pages: Number(option.dataset.pages), version: option.dataset.version, page: Number(document.querySelector("[data-page-of]").textContent.split("/")[0]) });
  }
  const address = (page) => `${split.dataset.page.replace("KEY", shown.key).replace("999", page)}?version=${shown.version}${ZOOMS[shown.zoom] > 1.25 ? "&size=large" : ""}`;
  function draw() {
    const title = select.selectedOptions[0]?.textContent || "";
    document.querySelector("[data-page-of]").textContent = `${shown.page} / ${shown.pages}`;
    document.querySelector("[data-zoom-of]").textContent = `${ZOOMS[shown.zoom] * 100}%`;
    document.querySelector("[data-old-version]").hidden = !shown.old;
    all("[data-turn-page]").forEach((one) => { const to = shown.page + Number(one.dataset.turnPage); one.setAttribute("aria-disabled", to < 1 || to > shown.pages); });
    all("[data-zoom]").forEach((one) => { const to = shown.zoom + Number(one.dataset.zoom); one.setAttribute("aria-disabled", to < 0 || to >= ZOOMS.length); });
    document.querySelector("[data-download]").href = `${split.dataset.file.replace("KEY", shown.key)}?version=${shown.version}`;
    sheet.style.setProperty("--zoom", ZOOMS[shown.zoom]);
    sheet.dataset.turn = shown.turn;
    picture.alt = word(`${title}，第${shown.page}页`, `${title}, page ${shown.page}`);
    document.dispatchEvent(new CustomEvent("review:drawn", { detail: { key: shown.old ? "" : shown.key, page: shown.page } }));
    const wanted = address(shown.page);
    if (picture.getAttribute("src") !== wanted) { picture.src = wanted; document.querySelector(".lh-stage").scrollTop = 0; }
  }
  function see(key, version, pages) {
    const option = all("option", select || document.createElement("select")).find((one) => one.value === key);
    if (!option) return;
    select.value = key;
    Object.assign(shown, { key, page: 1, turn: 0, old: Boolean(version) && version !== option.dataset.version, version: version || option.dataset.version, pages: Number(pages || option.dataset.pages) });
    draw();
  }
  function turnPage(by) {
    const to = shown.page + by;
    if (to >= 1 && to <= shown.pages) { shown.page = to; draw(); }
  }
  /* What stands beside the document, such as a finding, asks for a page of it. */
  document.addEventListener("review:see", (event) => {
    const { key, page } = event.detail;
    if (!picture) return;
    if (shown.key !== key || shown.old) see(key);
    if (page !== shown.page && page >= 1 && page <= shown.pages) { shown.page = page; draw(); }
  });
  document.addEventListener("review:tab", (event) => tab(event.detail));
  if (picture) {
    const sizes = () => { sheet.style.setProperty("--w", picture.naturalWidth || 1); sheet.style.setProperty("--h", picture.naturalHeight || 1); picture.hidden = false; document.querySelector("[data-picture-failed]").hidden = true; if (shown.page < shown.pages) new Image().src = address(shown.page + 1); };
    picture.addEventListener("load", sizes);
    picture.addEventListener("error", () => { picture.hidden = true; document.querySelector("[data-picture-failed]").hidden = false; });
    if (picture.complete && picture.naturalWidth) sizes();
    select.addEventListener("change", () => see(select.value));
    document.addEventListener("click", (event) => {
      const one = event.target.closest("[data-turn-page], [data-zoom], [data-rotate], [data-see], [data-now]");
      if (!one) return;
      event.preventDefault();
      if (one.dataset.turnPage) turnPage(Number(one.dataset.turnPage));
      else if (one.dataset.zoom) { shown.zoom = Math.min(ZOOMS.length - 1, Math.max(0, shown.zoom + Number(one.dataset.zoom))); draw(); }
      else if (one.hasAttribute("data-rotate")) { shown.turn = (shown.turn + 90) % 360; draw(); }
      else if (one.hasAttribute("data-now")) see(shown.key);
      else {
        const row = one.closest(".lh-verdict-row[data-item]");
        if (row) choose(row, false);
        see(one.dataset.see, one.dataset.version, one.dataset.pages);
        if (getComputedStyle(document.querySelector(".lh-pane-tabs")).display !== "none") document.querySelectorAll(".lh-pane-tabs button")[1].click();
      }
    });
    draw();
  }

  /* Keys: one letter each, and they can be switched off */
  const box = document.querySelector("[data-keys]");
  let keys = true;
  try { keys = localStorage.getItem("lh-review-keys") !== "off"; } catch { /* this page only */ }
  if (box) {
    box.checked = keys;
    box.addEventListener("change", () => { keys = box.checked; try { localStorage.setItem("lh-review-keys", keys ? "on" : "off"); } catch { /* this page only */ } });
  }
  document.addEventListener("keydown", async (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog[open]")) return;
    if (event.key === "?") { event.preventDefault(); window.laihua.open("keys"); return; }
    if (!keys) return;
    const row = document.querySelector("[data-panel]:not([hidden]) .lh-verdict-row[aria-current]");
    const act = {
      j: () => step(1), n: nextOpen, k: () => step(-1), "[": () => turnPage(-1), "]": () => turnPage(1),
      a: () => { if (!row) { step(1); return; } const button = row.querySelector(".lh-accept"); if (button && row.dataset.state !== "accepted") press(button.form, button).then(() => step(1)); else step(1); },
      r: () => { const button = row?.querySelector(".lh-return"); if (button) press(button.form, button); },
    }[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });

  const first = location.hash ? document.getElementById(location.hash.slice(1)) : rows().find((row) => row.dataset.state === "");
  if (first && rows().includes(first)) choose(first, false);
  all("dialog[data-reopen]").forEach((dialog) => { dialog.close(); dialog.showModal(); });
})();
