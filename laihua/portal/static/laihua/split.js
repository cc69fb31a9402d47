/* The split view: drag or arrow keys move the gutter between 35 and 65 %; below 1200 px two buttons choose the pane. */
(() => {
  "use strict";
  const KEY = "lh-split";
  document.querySelectorAll(".lh-split").forEach((split) => {
    const gutter = split.querySelector(".lh-gutter");
    const set = (value) => {
      const left = Math.min(65, Math.max(35, Math.round(value)));
      split.style.setProperty("--left", `${left}%`);
      gutter?.setAttribute("aria-valuenow", left);
      try { localStorage.setItem(KEY, left); } catch { /* kept for this page only */ }
      return left;
    };
    let left = 48;
    try { left = Number(localStorage.getItem(KEY)) || 48; } catch { /* the usual width */ }
    left = set(left);
    const share = (event) => { const box = split.getBoundingClientRect(); return ((event.clientX - box.left) / box.width) * 100; };
    gutter?.addEventListener("pointerdown", (event) => gutter.setPointerCapture(event.pointerId));
    gutter?.addEventListener("pointermove", (event) => { if (gutter.hasPointerCapture(event.pointerId)) left = set(share(event)); });
    gutter?.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -2, ArrowRight: 2, Home: -100, End: 100 }[event.key];
      if (step) { event.preventDefault(); left = set(left + step); }
    });
    const buttons = document.querySelectorAll(`.lh-pane-tabs[data-for="${split.id}"] button`);
    const choose = (index) => {
      split.dataset.pane = index;
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", i === index));
    };
    buttons.forEach((button, index) => button.addEventListener("click", () => choose(index)));
    choose(0);
  });
})();
