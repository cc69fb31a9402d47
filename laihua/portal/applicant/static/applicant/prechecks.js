/* Findings beside the page of their document: choosing one shows its place. Without script each finding is a link. */
(() => {
  "use strict";
  const list = document.querySelector("[data-pf-answer]");
  if (!list) return;
  const { word } = window.laihua;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const stage = document.querySelector(".pf-stage"), view = document.getElementById("page-view");
  const ZOOMS = [0.75, 1, 1.5, 2, 3];
  const state = { leaf: all("#prechecks-leaves > .lh-sheet").find((one) => !one.hidden)?.id ?? "", at: "", zoom: 1, turn: 0 };
  state.at = list.querySelector("[aria-current=true][data-pf-leaf]")?.id ?? "";

  const leaf = () => document.getElementById(state.leaf);
  const marks = () => all(`[data-pf-mark="${CSS.escape(state.at)}"]`);
  function draw() {
    const now = leaf();
    all("#prechecks-leaves > .lh-sheet").forEach((one) => { one.hidden = one !== now; });
    document.getElementById("leaf-none")?.toggleAttribute("hidden", Boolean(now));
    document.querySelector("[data-pf-title]").textContent = now?.dataset.title ?? "";
    document.querySelector("[data-pf-of]").textContent = now?.dataset.of ?? "";
    const pages = now ? all(`#prechecks-leaves > [data-pf-document="${CSS.escape(now.dataset.pfDocument)}"]`) : [];
    all("[data-pf-page]").forEach((one) => one.setAttribute("aria-disabled", !pages[pages.indexOf(now) + Number(one.dataset.pfPage)]));
    all("[data-pf-zoom]").forEach((one) => one.setAttribute("aria-disabled", !(state.zoom + Number(one.dataset.pfZoom) in ZOOMS)));
    if (!now) return;
    document.getElementById("prechecks-leaves").style.setProperty("--zoom", ZOOMS[state.zoom]);
    now.dataset.turn = state.turn;
    sizes(now);
  }
  function sizes(sheet) {
    const picture = sheet.querySelector("img");
    const set = () => { sheet.style.setProperty("--w", picture.naturalWidth || 1); sheet.style.setProperty("--h", picture.naturalHeight || 1); bring(); };
    if (picture.complete && picture.naturalWidth) set(); else picture.addEventListener("load", set, { once: true });
  }
  /* The stage scrolls to the frame, the page stays where it is. */
  function bring() {
    const frame = marks().find((one) => one.offsetParent !== null);
    if (!frame) return;
    const at = frame.getBoundingClientRect(), box = stage.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) stage.scrollTop += at.top - box.top - stage.clientHeight / 3;
    if (at.left < box.left || at.right > box.right) stage.scrollLeft += at.left - box.left - stage.clientWidth / 3;
  }
  function current() {
    all("[data-pf-leaf]", list).forEach((one) => { if (one.id === state.at) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current"); });
    all("[data-pf-mark]").forEach((one) => { if (one.dataset.pfMark === state.at) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current"); });
  }
  function choose(card) {
    if (!card || card.id === state.at) return;
    state.at = card.id;
    if (state.leaf !== card.dataset.pfLeaf) { state.leaf = card.dataset.pfLeaf; state.turn = 0; }
    current();
    draw();
  }

  const cardOf = (node) => node.closest("[data-pf-leaf]");
  list.addEventListener("click", (event) => {
    const card = cardOf(event.target);
    if (!card) return;
    choose(card);
    if (!event.target.closest("[data-pf-see]")) return;
    event.preventDefault();
    state.leaf = card.dataset.pfLeaf;
    draw();
    if (getComputedStyle(view).position !== "sticky") { view.scrollIntoView({ block: "start" }); view.focus({ preventScroll: true }); }
  });
  list.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) choose(cardOf(event.target)); });
  document.getElementById("page-view").addEventListener("click", (event) => {
    const tool = event.target.closest("[data-pf-page], [data-pf-zoom], [data-pf-turn]"), frame = event.target.closest("[data-pf-mark]");
    if (frame) {
      event.preventDefault();
      const card = document.getElementById(frame.dataset.pfMark);
      card?.closest("details:not([open])")?.setAttribute("open", "");
      choose(card);
      card?.scrollIntoView({ block: "nearest" });
      if (card && card.tabIndex < 0) card.tabIndex = -1;
      card?.focus({ preventScroll: true });
    }
    if (!tool) return;
    if (tool.dataset.pfZoom) state.zoom = Math.min(ZOOMS.length - 1, Math.max(0, state.zoom + Number(tool.dataset.pfZoom)));
    else if (tool.dataset.pfPage) {
      const pages = all(`#prechecks-leaves > [data-pf-document="${CSS.escape(leaf()?.dataset.pfDocument ?? "")}"]`);
      state.leaf = pages[pages.indexOf(leaf()) + Number(tool.dataset.pfPage)]?.id ?? state.leaf;
      stage.scrollTop = 0;
    } else state.turn = (state.turn + 90) % 360;
    draw();
  });

  /* Answers: one click, and what changed is drawn anew. */
  list.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-pf-form]");
    if (!form) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter), error = cardOf(form).querySelector("[data-pf-error]");
    body.set("of", "page");
    error.hidden = true;
    event.submitter?.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(list.dataset.pfAnswer, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
      const answer = await response.json();
      if (response.ok) {
        form.reset();
        window.laihua.live.take(answer);
        window.laihua.toast(answer.text);
        return;
      }
      const told = answer.reasons?.[0]?.text ?? (answer.text ? word(answer.text.zh, answer.text.en) : "");
      error.textContent = told || word("没有保存，请刷新页面后再试", "Not saved. Please reload the page and try again");
      error.hidden = false;
      if (response.status === 422) window.laihua.live.ask();
    } catch {
      error.textContent = word("网络中断，没有保存，请重试", "The network failed and nothing was saved. Please try again");
      error.hidden = false;
    } finally { event.submitter?.removeAttribute("aria-busy"); }
  });

  document.addEventListener("laihua:live", () => {
    if (!document.getElementById(state.at)) { const next = list.querySelector("[data-pf-leaf]"); state.at = ""; if (next) choose(next); }
    if (!leaf()) state.leaf = document.getElementById(state.at)?.dataset.pfLeaf ?? "";
    current();
    draw();
  });
  const asked = document.getElementById(location.hash.slice(1));
  if (asked && cardOf(asked)) { asked.closest("details:not([open])")?.setAttribute("open", ""); choose(cardOf(asked)); }
  current();
  draw();
})();
