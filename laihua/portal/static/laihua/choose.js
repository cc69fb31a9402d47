/* A long select becomes a search. The select stays in the form and keeps the value; without script it is all there is. */
(() => {
  "use strict";
  const plain = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

  function make(select) {
    const options = [...select.options].filter((option) => option.value);
    const id = select.id;
    const box = Object.assign(document.createElement("div"), { className: "lh-combo" });
    const input = Object.assign(document.createElement("input"), { type: "text", className: "form-select", autocomplete: "off", id, value: select.selectedOptions[0]?.value ? select.selectedOptions[0].text : "" });
    const list = Object.assign(document.createElement("ul"), { className: "lh-combo-list", id: `${id}-list`, hidden: true });
    select.id = `${id}-value`;
    const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    input.placeholder = select.options[0]?.value ? "" : select.options[0]?.text ?? "";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", select.dataset.lhSearch);
    select.hidden = true;
    select.before(box);
    box.append(input, list, select);
    let shown = [], at = -1;

    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
    const point = (index) => {
      at = index;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", i === at));
      if (list.children[at]?.id) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
    };
    const take = (option) => {
      select.value = option ? option.value : "";
      input.value = option ? option.text : "";
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
      close();
    };
    const show = (wanted) => {
      const words = plain(wanted);
      shown = options.filter((option) => !words || plain(option.text).includes(words) || plain(option.value).startsWith(words)).slice(0, 60);
      list.replaceChildren(...shown.map((option, i) => {
        const item = Object.assign(document.createElement("li"), { id: `${list.id}-${i}`, textContent: option.text });
        item.setAttribute("role", "option");
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
        return item;
      }));
      if (!shown.length) {
        const none = Object.assign(document.createElement("li"), { textContent: window.laihua.word("没有找到，请换一个词", "Nothing found, try another word") });
        none.setAttribute("role", "option");
        none.setAttribute("aria-disabled", "true");
        list.append(none);
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      point(words && shown.length ? 0 : -1);
    };
    input.addEventListener("input", (event) => { event.stopPropagation(); show(input.value); });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("click", () => (list.hidden ? show("") : close()));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) show("");
        else if (shown.length) point((at + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
      } else if (event.key === "Enter" && !list.hidden) { event.preventDefault(); if (shown[at]) take(shown[at]); }
      else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); close(); }
    });
    input.addEventListener("blur", () => {
      close();
      const exact = options.find((option) => plain(option.text) === plain(input.value.trim()) || option.value === input.value.trim().toUpperCase());
      const now = options.find((option) => option.value === select.value);
      if (!input.value.trim() && now) take(null);
      else if (exact && exact !== now) take(exact);
      else input.value = now ? now.text : "";
    });
  }
  const setUp = (from) => from.querySelectorAll("select[data-lh-search]:not([hidden])").forEach(make);
  setUp(document);
  document.addEventListener("htmx:load", (event) => setUp(event.detail.elt));
})();
