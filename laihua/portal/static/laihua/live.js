/* Parts of an open page that change by themselves, such as what pre-review has read. Typing, focus and open boxes stay. */
(() => {
  "use strict";
  const root = document.querySelector("[data-live]");
  if (!root) return;
  const PAUSE = 2000, ASIDE = 10000;
  let digest = root.dataset.liveDigest ?? "", running = root.dataset.liveRunning === "1", timer = 0, asking = null, again = false;

  const parse = (html) => { const box = document.createElement("template"); box.innerHTML = html.trim(); return box.content.firstElementChild; };
  const ready = (node) => document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: node } }));
  const isTyping = (node) => [...node.querySelectorAll("textarea, input:not([type=hidden])")].some((one) => one === document.activeElement || one.value !== one.defaultValue);

  function place(old, fresh) {
    if (old.hasAttribute("data-live-keyed") && fresh.hasAttribute("data-live-keyed")) { old.hidden = fresh.hidden; merge(old, fresh); return; }
    if (old.dataset.liveSig && old.dataset.liveSig === fresh.dataset.liveSig) return;
    if (isTyping(old)) return;
    exchange(old, fresh);
  }
  /* One by one, by their ids: what did not change keeps its place, its focus and what stands open in it. */
  function merge(box, fresh) {
    const olds = new Map([...box.children].filter((one) => one.id).map((one) => [one.id, one]));
    const wanted = [...fresh.children].filter((one) => one.id);
    const ids = new Set(wanted.map((one) => one.id));
    for (const [id, one] of olds) if (!ids.has(id) && !isTyping(one)) leave(one);
    let before = null;
    for (const one of wanted) {
      const old = olds.get(one.id);
      if (old) place(old, one);
      const node = old ? document.getElementById(one.id) : one;
      const next = before ? before.nextElementSibling : box.firstElementChild;
      if (next !== node && !(old && node.contains(document.activeElement))) box.insertBefore(node, next);
      if (!old) ready(node);
      before = node;
    }
  }
  /* Whoever stood in what is gone stands at its neighbour. */
  function leave(node) {
    const held = node.contains(document.activeElement), near = node.nextElementSibling ?? node.previousElementSibling ?? node.parentElement;
    node.remove();
    if (held) { if (near.tabIndex < 0) near.tabIndex = -1; near.focus({ preventScroll: true }); }
  }
  function exchange(old, fresh) {
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const open = [...old.querySelectorAll("details[open]")].map((one) => one.className);
    for (const one of fresh.querySelectorAll("details")) if (open.includes(one.className)) one.open = true;
    old.replaceWith(fresh);
    ready(fresh);
    if (!held) return;
    const same = held === old ? fresh
      : (held.id && document.getElementById(held.id)) || [...fresh.querySelectorAll("button, a, summary, input, select, textarea")].find((one) => one.tagName === held.tagName && one.name === held.name && one.className === held.className);
    const next = same ?? fresh;
    if (next === fresh && fresh.tabIndex < 0) fresh.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  function take(answer) {
    digest = answer.digest;
    running = answer.running;
    for (const [id, html] of Object.entries(answer.parts)) {
      const old = document.getElementById(id);
      if (old) place(old, parse(html));
    }
    document.dispatchEvent(new CustomEvent("laihua:live"));
    soon();
  }
  function soon(pause = document.hidden ? ASIDE : PAUSE) {
    clearTimeout(timer);
    if (running) timer = setTimeout(ask, pause);
  }
  /* What is asked for while an answer is under way is asked once more after it. */
  function ask() {
    clearTimeout(timer);
    if (asking) { again = true; return asking; }
    asking = look().finally(() => { asking = null; if (again) { again = false; ask(); } });
    return asking;
  }
  async function look() {
    const address = new URL(root.dataset.live, location.href);
    address.searchParams.set("digest", digest);
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (response.status === 200) take(await response.json());
      else if (response.status === 204) soon();
      else if (response.status < 500) running = false;  // signed out, or the case is no longer this person's
      else soon(ASIDE);
    } catch { soon(ASIDE); }
  }

  window.laihua.live = { take, ask };
  document.addEventListener("laihua:saved", () => ask());
  document.addEventListener("visibilitychange", () => { if (!document.hidden && running) ask(); });
  window.addEventListener("online", () => { if (running) ask(); });
  soon();
})();
