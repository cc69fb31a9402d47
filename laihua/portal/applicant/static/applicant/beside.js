/* Findings beside the form: one click sets the field, without leaving the page. Without script the buttons send the form. */
(() => {
  "use strict";
  const root = document.querySelector(".lf-live[data-pf-answer]");
  if (!root) return;
  const { word } = window.laihua;
  const token = () => document.querySelector("#case-form [name=csrfmiddlewaretoken]").value;

  function complain(item, text) {
    const error = item.querySelector("[data-pf-error]");
    error.textContent = text;
    error.hidden = false;
  }
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-pf-do]");
    if (!button || button.getAttribute("aria-busy")) return;
    event.preventDefault();
    const item = button.closest("[data-pf-finding]"), why = item.querySelector("textarea");
    if (button.dataset.pfDo === "explain" && !why.value.trim()) { why.focus(); return; }
    item.querySelector("[data-pf-error]").hidden = true;
    button.setAttribute("aria-busy", "true");
    try {
      if (window.laihua.form && !await window.laihua.form.save()) return;
      const body = new URLSearchParams({ do: button.dataset.pfDo, key: item.dataset.pfFinding, digest: item.dataset.pfDigest, text: why?.value ?? "", of: "form" });
      const response = await fetch(root.dataset.pfAnswer, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() }, credentials: "same-origin" });
      const answer = await response.json();
      if (!response.ok) {
        complain(item, answer.reasons?.[0]?.text ?? (answer.text ? word(answer.text.zh, answer.text.en) : word("没有保存，请刷新页面后再试", "Not saved. Please reload the page and try again")));
        if (response.status === 422) window.laihua.live.ask();
        return;
      }
      if (why) why.value = why.defaultValue;
      if (button.dataset.pfDo === "adopt") await window.laihua.form?.refresh();
      window.laihua.live.take(answer);
      window.laihua.toast(answer.text);
    } catch {
      complain(item, word("网络中断，没有保存，请重试", "The network failed and nothing was saved. Please try again"));
    } finally { button.removeAttribute("aria-busy"); }
  });
})();
