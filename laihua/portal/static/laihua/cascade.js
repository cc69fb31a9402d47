/* A choice in steps: each select offers what lies below the choices before it. Without script every select offers all that fits. */
(() => {
  "use strict";
  function make(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "1";
    const kind = box.querySelector("[data-kind]"), passed = box.querySelector("[data-passed] > span");
    const stages = [...box.querySelectorAll("[data-stage]")].map((part) => ({
      part, select: part.querySelector("select"), all: [...part.querySelector("template").content.children],
    }));

    function narrow(changed) {
      let before = "", open = Boolean(kind.value);
      for (const { part, select, all } of stages) {
        const fits = all.filter((one) => one.dataset.kinds.split(" ").includes(kind.value) && (!before || one.dataset.parent === before));
        const top = !before, is_asked = open && (top ? part === stages[0].part : true) && fits.length > 0;
        const value = fits.some((one) => one.value === select.value) ? select.value : "";
        const none = select.options[0];
        select.replaceChildren(none, ...fits.map((one) => one.cloneNode(true)));
        select.value = is_asked ? value : "";
        part.hidden = !is_asked && part !== stages[0].part;
        select.disabled = !is_asked;
        before = select.value;
        open = is_asked && Boolean(before);
      }
      const asked = stages.filter(({ select }) => !select.disabled), last = asked.at(-1);
      const is_done = Boolean(last?.select.value) && last.select.selectedOptions[0].dataset.kinds.split(" ").includes(kind.value)
        && !stages.some(({ all }) => all.some((one) => one.dataset.parent === last.select.value && one.dataset.kinds.split(" ").includes(kind.value)));
      passed.hidden = !is_done || (!changed && Boolean(box.querySelector(".lh-error")));
    }
    // Before the form looks at what changed.
    box.addEventListener("change", () => narrow(true), true);
    narrow(false);
  }
  const setUp = (from) => { from.querySelectorAll("[data-lh-cascade]").forEach(make); if (from.matches?.("[data-lh-cascade]")) make(from); };
  setUp(document);
  document.addEventListener("htmx:load", (event) => setUp(event.detail.elt));
})();
