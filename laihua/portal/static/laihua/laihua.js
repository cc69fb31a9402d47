/* What a page does by itself. Everything here adds; without it forms, moves and links still work. No inline script anywhere. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const zh = () => root.lang.startsWith("zh");
  const word = (chinese, english) => (zh() ? chinese : english);

  /* Errors: the summary gets the focus, its links go to the field itself. */
  function focusPlace(id) {
    const place = document.getElementById(id);
    if (!place) return false;
    const group = place.closest("details:not([open])");
    if (group) group.open = true;
    const control = place.matches("input,select,textarea,button,a") ? place : place.querySelector("input:not([type=hidden]),select,textarea,button,a");
    (place.closest(".lh-field") || place).scrollIntoView({ block: "center" });
    (control || place).focus({ preventScroll: true });
    return true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".lh-error-summary a[href^='#'], a[data-lh-place]");
    if (link && focusPlace(decodeURIComponent(link.hash.slice(1)))) event.preventDefault();
  });

  /* One submit: the pressed button becomes busy, a second press does nothing. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("data-lh-many")) return;
    if (form.dataset.lhBusy) { event.preventDefault(); return; }
    if (form.method === "get") return;
    form.dataset.lhBusy = "1";
    const button = event.submitter;
    if (!button || !button.classList.contains("btn")) return;
    button.style.minWidth = `${button.offsetWidth}px`;
    button.setAttribute("aria-busy", "true");
    button.dataset.lhWas = button.innerHTML;
    const spinner = Object.assign(document.createElement("i"), { className: "ti ti-loader-2 lh-spin" });
    spinner.setAttribute("aria-hidden", "true");
    button.replaceChildren(spinner, ` ${button.dataset.lhBusyText || word("正在提交", "Sending")}`);
  });
  function settle(form) {
    delete form.dataset.lhBusy;
    all("[aria-busy=true][data-lh-was]", form).forEach((button) => {
      button.innerHTML = button.dataset.lhWas;
      button.removeAttribute("aria-busy");
      button.style.minWidth = "";
      delete button.dataset.lhWas;
    });
  }
  window.addEventListener("pageshow", () => all("form[data-lh-busy]").forEach(settle));
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form"); if (form) settle(form); });
  document.addEventListener("click", (event) => { if (event.target.closest("[aria-disabled=true]")) { event.preventDefault(); event.stopImmediatePropagation(); } }, true);

  /* Language: whoever holds unsaved work waits for it (event.detail.wait(promise)); the place on the page is kept. */
  const landmarks = () => all("main :is(h1,h2,h3,h4,li,tr,p,.lh-field)");
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-lh-language]");
    if (!form || form.dataset.lhReady) return;
    event.preventDefault();
    form.dataset.lhReady = "1";
    const waiting = [];
    document.dispatchEvent(new CustomEvent("laihua:leave", { detail: { wait: (promise) => waiting.push(promise) } }));
    await Promise.race([Promise.allSettled(waiting), new Promise((done) => setTimeout(done, 3000))]);
    const index = landmarks().findIndex((one) => one.getBoundingClientRect().top >= 0);
    if (scrollY && index >= 0) sessionStorage.setItem("lh-scroll", JSON.stringify({ path: location.pathname, index, top: landmarks()[index].getBoundingClientRect().top }));
    const next = form.elements.next;
    if (next && location.hash) next.value += location.hash;
    form.submit();
  });
  try {
    const kept = JSON.parse(sessionStorage.getItem("lh-scroll") || "null");
    sessionStorage.removeItem("lh-scroll");
    const one = kept && kept.path === location.pathname && landmarks()[kept.index];
    if (one) scrollBy({ top: one.getBoundingClientRect().top - kept.top, behavior: "instant" });
  } catch { /* storage is closed to this page: it starts at its top */ }

  /* Dialogs */
  function open(id) { const dialog = document.getElementById(id); if (dialog && !dialog.open) dialog.showModal(); }
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-lh-open]");
    if (opener && document.getElementById(opener.dataset.lhOpen)) { event.preventDefault(); open(opener.dataset.lhOpen); }
    const closer = event.target.closest("[data-lh-close]");
    if (closer) closer.closest("dialog")?.close();
  });

  /* Menus close on Escape and on a click elsewhere. */
  document.addEventListener("click", (event) => all("details.lh-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.lh-menu[open]").forEach((menu) => { const inside = menu.contains(document.activeElement); menu.open = false; if (inside) menu.querySelector("summary").focus(); });
  });

  /* Toasts: six seconds, longer while pointed at or focused. */
  function toasts() {
    let box = document.querySelector(".lh-toasts");
    if (!box) {
      box = Object.assign(document.createElement("div"), { className: "lh-toasts" });
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    return box;
  }
  function keep(toast) {
    let timer;
    const start = () => { clearTimeout(timer); timer = setTimeout(() => toast.remove(), 6000); };
    const stop = () => clearTimeout(timer);
    toast.addEventListener("mouseenter", stop);
    toast.addEventListener("focusin", stop);
    toast.addEventListener("mouseleave", start);
    toast.addEventListener("focusout", start);
    toast.querySelector("button")?.addEventListener("click", () => toast.remove());
    start();
  }
  function toast(message) {
    const one = Object.assign(document.createElement("div"), { className: "lh-toast" });
    one.innerHTML = '<i class="ti ti-circle-check" aria-hidden="true"></i><div></div><button type="button"><i class="ti ti-x" aria-hidden="true"></i></button>';
    one.querySelector("div").textContent = message;
    one.querySelector("button").setAttribute("aria-label", word("关闭", "Close"));
    toasts().append(one);
    keep(one);
  }
  document.addEventListener("laihua:toast", (event) => toast(event.detail.value ?? event.detail.message ?? event.detail));

  /* The progress line: hover, focus or tap of a step shows its hint, Escape goes back to the current one. */
  function progressLine(line) {
    const box = line.querySelector(".lh-line-hint");
    if (!box) return;
    const hints = all("p", box), steps = all(".lh-line-step", line);
    const current = Math.max(0, hints.findIndex((hint) => !hint.hidden));
    const show = (index) => {
      hints.forEach((hint, i) => { hint.hidden = i !== index; });
      box.style.setProperty("--at", index + 1);
    };
    steps.forEach((step, index) => {
      ["mouseenter", "focus", "click"].forEach((name) => step.addEventListener(name, () => show(index)));
      step.addEventListener("blur", () => show(current));
    });
    line.querySelector("ol").addEventListener("mouseleave", (event) => { if (!box.contains(event.relatedTarget)) show(Math.max(steps.indexOf(document.activeElement), -1) < 0 ? current : steps.indexOf(document.activeElement)); });
    box.addEventListener("mouseleave", () => show(current));
    line.addEventListener("keydown", (event) => { if (event.key === "Escape") show(current); });
  }

  /* Hints: data-lh-tip on anything focusable. What they say stands in aria-describedby too. */
  let tip = null, tipOf = null, tipTimer = 0;
  function closeTip() { clearTimeout(tipTimer); tip?.remove(); tipOf?.removeAttribute("aria-describedby"); tip = tipOf = null; }
  function openTip(owner) {
    if (tipOf === owner) return;
    closeTip();
    const text = owner.dataset.lhTip;
    tip = Object.assign(document.createElement("div"), { className: "lh-tip", id: "lh-tip", textContent: text });
    tip.setAttribute("role", "tooltip");
    tipOf = owner;
    document.body.append(tip);
    if (tip.offsetHeight > 40) tip.classList.add("lh-tip-more");
    const at = owner.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left + at.width / 2 - 26, root.clientWidth - tip.offsetWidth - 8));
    const above = at.top > tip.offsetHeight + 12;
    if (!above) tip.dataset.below = "";
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${scrollY + (above ? at.top - tip.offsetHeight - 8 : at.bottom + 8)}px`;
    tip.style.setProperty("--arrow", `${at.left + at.width / 2 - left - 5}px`);
    owner.setAttribute("aria-describedby", "lh-tip");
    tip.addEventListener("mouseleave", closeTip);
  }
  document.addEventListener("mouseover", (event) => { const owner = event.target.closest("[data-lh-tip]"); if (owner) { clearTimeout(tipTimer); tipTimer = setTimeout(openTip, 150, owner); } });
  document.addEventListener("mouseout", (event) => { if (event.target.closest("[data-lh-tip]") && !event.relatedTarget?.closest?.(".lh-tip")) { clearTimeout(tipTimer); tipTimer = setTimeout(() => { if (!tip?.matches(":hover") && document.activeElement !== tipOf) closeTip(); }, 150); } });
  document.addEventListener("focusin", (event) => { const owner = event.target.closest("[data-lh-tip]"); if (owner) openTip(owner); else closeTip(); });
  document.addEventListener("click", (event) => { const owner = event.target.closest("[data-lh-tip]"); if (owner) openTip(owner); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeTip(); });

  /* Tabs inside one page: [data-lh-tabs] holds buttons with aria-controls. */
  function tabs(list) {
    const buttons = all("button[aria-controls]", list);
    list.setAttribute("role", "tablist");
    const choose = (button, focus) => {
      buttons.forEach((one) => {
        const on = one === button;
        one.setAttribute("aria-selected", on);
        one.tabIndex = on ? 0 : -1;
        document.getElementById(one.getAttribute("aria-controls")).hidden = !on;
      });
      if (focus) button.focus();
    };
    buttons.forEach((button, index) => {
      button.setAttribute("role", "tab");
      document.getElementById(button.getAttribute("aria-controls")).setAttribute("role", "tabpanel");
      button.addEventListener("click", () => choose(button));
      button.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) choose(buttons[(index + step + buttons.length) % buttons.length], true);
      });
    });
    choose(buttons.find((one) => one.getAttribute("aria-selected") === "true") || buttons[0]);
  }

  /* Captcha: another picture without losing what was typed; the spoken one plays on the page. */
  document.addEventListener("click", async (event) => {
    const sound = event.target.closest("[data-lh-captcha-sound]"), another = event.target.closest("[data-lh-captcha-another]");
    if (sound) { event.preventDefault(); new Audio(sound.href).play().catch(() => { location.href = sound.href; }); }
    if (!another) return;
    const box = another.closest("[data-lh-captcha]"), form = another.form;
    event.preventDefault();
    const answer = await fetch(box.dataset.lhCaptcha, { method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) { toast(word("没有换成，请检查网络后再试", "No new one came. Check your connection and try again")); return; }
    const made = await answer.json(), input = box.querySelector("[name=captcha]");
    box.querySelector("[name=captcha_id]").value = made.id;
    box.querySelector("img").src = made.picture;
    box.querySelector("[data-lh-captcha-sound]").href = made.recording;
    input.value = "";
    input.focus();
  });

  /* A code by SMS may be asked for again when its pause is over. */
  function codePause(button) {
    const text = button.textContent.trim(), until = Date.now() + 1000 * button.dataset.lhWait;
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      button.textContent = left > 0 ? `${text} (${left})` : text;
      if (left > 0) { button.setAttribute("aria-disabled", "true"); setTimeout(tick, 1000); } else button.removeAttribute("aria-disabled");
    };
    tick();
  }

  /* Copy */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-lh-copy]");
    if (!button) return;
    try { await navigator.clipboard.writeText(button.dataset.lhCopy); toast(word("已复制", "Copied")); } catch { getSelection().selectAllChildren(button.parentElement); }
  });

  /* A date is typed; the button beside it opens the browser's calendar. */
  function datePicker(box) {
    const input = box.querySelector("input"), button = box.querySelector("button");
    const picker = Object.assign(document.createElement("input"), { type: input.dataset.lhDate, tabIndex: -1, className: "visually-hidden" });
    if (picker.type !== input.dataset.lhDate || !picker.showPicker) return;
    picker.setAttribute("aria-hidden", "true");
    button.hidden = false;
    button.after(picker);
    button.addEventListener("click", () => { picker.value = input.value; picker.showPicker(); });
    picker.addEventListener("change", (event) => {
      event.stopPropagation();
      input.value = picker.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
  }

  /* The sticky bar never covers what has the focus. */
  const bar = document.querySelector(".lh-actions");
  if (bar && "ResizeObserver" in window) new ResizeObserver(() => { root.style.scrollPaddingBottom = `${bar.offsetHeight + 16}px`; }).observe(bar);

  /* Marks that a piece of page has been set up, so that htmx may hand in the same piece twice. */
  function setUp(from) {
    const once = (selector, make) => all(selector, from).concat(from.matches?.(selector) ? [from] : []).forEach((one) => { if (!one.dataset.lhSet) { one.dataset.lhSet = "1"; make(one); } });
    once(".lh-line", progressLine);
    once("[data-lh-tabs]", tabs);
    once(".lh-toast", keep);
    once(".lh-date", datePicker);
    once("[data-lh-wait]", codePause);
    once("dialog[data-lh-now]", (dialog) => dialog.showModal());
  }
  setUp(document.body);
  document.querySelector(".lh-error-summary")?.focus();
  document.addEventListener("htmx:load", (event) => setUp(event.detail.elt));
  window.laihua = { toast, open, focusPlace, settle, word };
})();
