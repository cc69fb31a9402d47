/* The queue: how many are chosen, and all of them at once. */
(() => {
  "use strict";
  const form = document.querySelector("[data-queue]");
  const all = form?.querySelector("[data-all]");
  if (!all) return;
  const boxes = [...form.querySelectorAll(".lh-row-check")];
  const say = form.querySelector("[data-count]");
  const zh = document.documentElement.lang.startsWith("zh");
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    say.textContent = zh ? `已选${count}件` : `${count} selected`;
    all.checked = boxes.length > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); show(); });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
})();
