/* Two minutes before a session ends for want of use: the person is asked. Forms of cases save themselves as they are
   filled in, so nothing is lost either way. All tabs know of each other. */
(() => {
  "use strict";
  const dialog = document.getElementById("lh-idle");
  if (!dialog) return;
  const WARN = 120000, limit = 1000 * dialog.dataset.lhIdle, key = "lh-seen";
  let own = Date.now(), timer;
  const seen = () => { own = Date.now(); try { localStorage.setItem(key, own); } catch { /* this tab then knows of itself alone */ } plan(); };
  const last = () => { let other = 0; try { other = Number(localStorage.getItem(key)); } catch { /* as above */ } return Math.max(own, other || 0); };
  function plan() { clearTimeout(timer); timer = setTimeout(warn, Math.max(1000, last() + limit - WARN - Date.now())); }
  function warn() {
    if (Date.now() < last() + limit - WARN) { plan(); return; }
    if (!dialog.open) dialog.showModal();
  }
  const plain = window.fetch;
  window.fetch = (...what) => { seen(); return plain(...what); };
  document.addEventListener("htmx:afterRequest", seen);
  window.addEventListener("storage", (event) => { if (event.key === key) { if (dialog.open) dialog.close(); plan(); } });
  dialog.addEventListener("close", () => { if (Date.now() >= last() + limit - WARN) stay(); });
  dialog.querySelector("[data-lh-still-here]").addEventListener("click", () => dialog.close());
  function stay() { fetch(dialog.dataset.lhStay, { method: "POST", headers: { "X-CSRFToken": dialog.dataset.lhToken } }).catch(() => {}); }
  seen();
})();
