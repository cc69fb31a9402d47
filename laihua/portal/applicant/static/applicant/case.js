/* The pages of a case: printing, and opening what a link points at. */
(() => {
  "use strict";
  document.querySelector("[data-lk-print]")?.addEventListener("click", () => print());
  document.querySelector("[data-lk-object]")?.addEventListener("click", () => {
    const box = document.getElementById("object");
    if (!box) return;
    box.open = true;
    setTimeout(() => box.querySelector("textarea")?.focus(), 0);
  });
})();
