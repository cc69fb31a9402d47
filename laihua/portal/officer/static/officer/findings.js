/* Findings on the review page: choosing one shows its place on the document, and a frame leads back to its finding. */
(() => {
  "use strict";
  const box = document.getElementById("findings");
  if (!box) return;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const zh = document.documentElement.lang.startsWith("zh");
  const word = (chinese, english) => (zh ? chinese : english);
  const foot = document.querySelector("[data-finding-foot]");
  const cards = () => all("[data-finding]", box);
  let current = "", shown = { key: "", page: 0 };

  function marks() {
    all("[data-mark]").forEach((one) => {
      one.hidden = one.dataset.markDoc !== shown.key || Number(one.dataset.markPage) !== shown.page;
      if (one.dataset.mark === current) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current");
    });
  }
  function say(card) {
    if (!foot) return;
    const list = cards(), said = foot.querySelector("[data-finding-said]");
    foot.hidden = false;
    foot.querySelector("[data-finding-badge]").replaceChildren(card.querySelector(".lh-badge").cloneNode(true));
    const values = all(".lh-compare dd", card);
    said.replaceChildren(`${card.querySelector("h3").textContent}${word("：", ": ")}`);
    if (values.length === 2) {
      [word("表单“", "form “"), word("”，材料“", "”, document “"), "”"].forEach((text, n) => { said.append(text); if (values[n]) said.append(...[...values[n].childNodes].map((one) => one.cloneNode(true))); });
    } else said.append(card.querySelector(".lh-finding-text").textContent);
    foot.querySelector("[data-finding-count]").textContent = word(`提示 ${list.indexOf(card) + 1} / ${list.length}`, `Finding ${list.indexOf(card) + 1} of ${list.length}`);
  }
  function choose(card, { near = false } = {}) {
    if (!card) return;
    current = card.id;
    cards().forEach((one) => { if (one === card) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current"); });
    document.dispatchEvent(new CustomEvent("review:see", { detail: { key: card.dataset.findingDoc, page: Number(card.dataset.findingPage) } }));
    marks();
    say(card);
    const frame = all("[data-mark]").find((one) => one.dataset.mark === current && !one.hidden), stage = document.querySelector(".lh-stage");
    if (frame && stage) {
      const at = frame.getBoundingClientRect(), pane = stage.getBoundingClientRect();
      if (at.top < pane.top || at.bottom > pane.bottom) stage.scrollTop += at.top - pane.top - stage.clientHeight / 3;
    }
    if (!near) return;
    card.closest("details:not([open])")?.setAttribute("open", "");
    card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
  }
  const toTab = () => document.dispatchEvent(new CustomEvent("review:tab", { detail: "findings" }));
  const byId = (id) => cards().find((one) => one.id === id);

  document.addEventListener("review:drawn", (event) => { shown = event.detail; marks(); });
  document.addEventListener("review:chosen", (event) => {
    const link = event.detail.querySelector("[data-finding-at]");
    if (link) choose(byId(link.dataset.findingAt));
  });
  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-finding-at], [data-mark]"), see = event.target.closest("[data-finding-see]");
    const next = event.target.closest("[data-finding-next]"), card = event.target.closest("[data-finding]");
    if (at) {
      event.preventDefault();
      toTab();
      choose(byId(at.dataset.findingAt ?? at.dataset.mark), { near: true });
    } else if (next) {
      const list = cards();
      choose(list[(list.findIndex((one) => one.id === current) + 1) % list.length]);
    } else if (see) {
      event.preventDefault();
      choose(card);
      if (getComputedStyle(document.querySelector(".lh-pane-tabs")).display !== "none") document.querySelectorAll(".lh-pane-tabs button")[1].click();
    } else if (card && !event.target.closest("button, a")) choose(card);
  });
  document.addEventListener("focusin", (event) => { const card = event.target.closest?.("[data-finding]"); if (card && event.target.matches(":focus-visible")) choose(card); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog[open]")) return;
    const by = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!by || box.closest("[data-panel]").hidden || document.querySelector("[data-keys]")?.checked === false) return;
    event.preventDefault();
    const list = cards().filter((one) => one.offsetParent !== null), at = list.findIndex((one) => one.id === current);
    choose(list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))], { near: true });
  });

  /* The officer's word: the panel is drawn anew, what stood open stands open. */
  box.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-finding-form]");
    if (!form) return;
    event.preventDefault();
    const pressed = event.submitter, error = box.querySelector("#findings-error");
    error.hidden = true;
    const complain = (text) => { error.textContent = text; error.hidden = false; error.scrollIntoView({ block: "nearest" }); };
    let response;
    try { response = await fetch(form.action, { method: "POST", body: new FormData(form, pressed), headers: { Accept: "application/json" } }); } catch {
      complain(word("未保存，请检查网络后再点一次", "Not saved; check the network and press again"));
      return;
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) {
      complain((answer.reasons ?? (answer.text ? [answer.text] : [])).map((one) => (zh ? one.zh : one.en)).join(" ") || word("未保存，请刷新页面", "Not saved; please reload the page"));
      return;
    }
    const open = all("details[open]", box).map((one) => one.id), card = form.closest("[data-finding]")?.id, which = pressed?.className;
    const fresh = document.createElement("template");
    fresh.innerHTML = answer.parts.findings.trim();
    box.replaceChildren(...fresh.content.firstElementChild.children);
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    const again = card && byId(card);
    if (again) { choose(again); (all("button", again).find((one) => one.className === which) ?? again).focus({ preventScroll: true }); } else box.querySelector("#findings-missed summary")?.focus();
  });

  const asked = byId(location.hash.slice(1));
  const option = document.querySelector("[data-document]");
  if (option) shown = { key: option.value, page: Number(document.querySelector("[data-page-of]").textContent.split("/")[0]) };
  marks();
  if (asked) { toTab(); choose(asked, { near: true }); }
})();
