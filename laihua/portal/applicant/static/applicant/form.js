/* The form saves itself. What was typed stays on the page until the server has it; without script the buttons send it. */
(() => {
  "use strict";
  const form = document.querySelector("[data-lf-form]");
  if (!form) return;
  const { word, focusPlace } = window.laihua;
  const all = (selector, from = form) => [...from.querySelectorAll(selector)];
  const place = (id) => { if (location.hash.length > 1) focusPlace(decodeURIComponent(location.hash.slice(1))); };
  place();
  window.addEventListener("hashchange", place);
  /* The sentence about errors is read first; closing it, also by Escape, leads to the first of them. */
  const first = document.querySelector("[data-lf-first]");
  first?.closest("dialog").addEventListener("close", () => focusPlace(first.dataset.lfFirst));
  if (!form.dataset.open) return;

  const PAUSE = 400, EVERY = 20000, OURS = ["base", "force", "do", "csrfmiddlewaretoken"];
  const state = document.getElementById("save-state");
  const behind = {};  // fields that were changed elsewhere while they were being typed in: the revision they began from
  let answered = null;  // once the question is answered, until the server has it: the keys that are to be as in the other window
  let revision = Number(form.dataset.base), tried = form.dataset.tried === "1";
  let kept = collect(), busy = null, timer = 0, blocked = false, token = form.elements.csrfmiddlewaretoken.value, leaving = false;

  /* What the form holds now: plain fields by name, sections with rows as lists. */
  function valueOf(control, so_far) {
    if (control.type === "radio") return control.checked ? control.value : so_far ?? "";
    if (control.type === "checkbox") {
      if (control.closest(".lh-declaration")) return control.checked ? control.value : "";
      return control.checked ? [...(so_far ?? []), control.value] : so_far ?? [];
    }
    return control.closest("[data-lh-cascade]") ? [...(so_far ?? []), control.value] : control.value;
  }
  function gather(controls, name_of) {
    const found = {};
    for (const control of controls) {
      const name = control.name && name_of(control.name);
      if (name) found[name] = valueOf(control, found[name]);
    }
    return found;
  }
  function collect() {
    const found = gather(form.elements, (name) => (name.startsWith("_") || name.includes(".") || OURS.includes(name) ? "" : name));
    for (const box of all("[data-lf-rows]")) found[box.dataset.lfRows] = rowsOf(box);
    return found;
  }
  function rowsOf(box) {
    return all(":scope > [data-lf-row]", box).map((row) => {
      const number = row.dataset.lfRow;
      const start = `${box.dataset.lfRows}.${number}.`;
      const cells = gather(row.querySelectorAll("input,select,textarea"), (name) => (name.startsWith(start) ? name.slice(start.length) : ""));
      return { ...cells, _was: Number(number) };
    });
  }
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const keyOf = (name) => name.split(".")[0];
  function changed() {
    const now = collect();
    return Object.fromEntries(Object.entries(now).filter(([key, value]) => key in kept && !same(value, kept[key])));
  }
  const isDirty = () => answered !== null || Object.keys(changed()).length > 0;

  /* The line at the foot. */
  const WORDS = {
    saving: ["loader-2 lh-spin", () => word("正在保存…", "Saving…")],
    unsaved: ["cloud-off", () => word("未保存，网络恢复后自动重试", "Not saved; it is tried again when the network is back")],
  };
  function say(kind, text, link) {
    const icon = Object.assign(document.createElement("i"), { className: `ti ti-${kind === "saved" ? "circle-check" : (WORDS[kind] ?? WORDS.unsaved)[0]}` });
    icon.setAttribute("aria-hidden", "true");
    state.dataset.state = kind;
    state.replaceChildren(icon, text ?? WORDS[kind][1]());
    if (link) state.append(" ", link);
  }

  /* Saving: one request at a time; what was typed meanwhile goes with the next. */
  function soon(pause = PAUSE) { clearTimeout(timer); timer = setTimeout(() => save(), pause); }
  async function save(options = {}) {
    clearTimeout(timer);
    while (busy) await busy;
    busy = send(options).catch((error) => { console.error(error); say("unsaved"); return false; });
    const done = await busy;
    busy = null;
    return done;
  }
  let quiet = false;
  async function send({ override = {}, anyway = false }) {
    const force = answered !== null, take = answered ?? [];
    // Leaving the field for the question counts as a change of it; the question must not be asked anew meanwhile.
    if (!force && document.getElementById("lf-open-conflict")?.open) return false;
    let changes = { ...changed(), ...override };
    const late = Object.keys(changes).filter((key) => key in behind);
    if (late.length && !force) changes = Object.fromEntries(late.map((key) => [key, changes[key]]));
    const keys = Object.keys(changes);
    if (!keys.length && !take.length && !anyway) return true;
    const base = Math.min(revision, ...keys.map((key) => behind[key] ?? revision));
    const shapes = Object.fromEntries(all("[data-lf-section]").map((one) => [one.dataset.lfSection, one.dataset.lfShape]));
    say("saving");
    let response;
    try {
      response = await ask({ base, changes, force, tried, shapes });
      if (response.status === 403 && await renew()) response = await ask({ base, changes, force, tried, shapes });
    } catch { say("unsaved"); soon(5000); return false; }
    const type = response.headers.get("Content-Type") ?? "";
    const answer = type.includes("json") ? await response.json() : {};
    if (response.status === 401) return signedOut(answer);
    if (response.status === 409) return conflict(answer);
    if (response.status === 422 || response.status === 400 || response.status === 403 || response.status === 404) return refused(answer);
    if (!response.ok) { say("unsaved"); soon(5000); return false; }
    take_over(answer, changes, base, take);
    return true;
  }
  const ask = (body) => fetch(form.dataset.save, {
    method: "POST", credentials: "same-origin", body: JSON.stringify(body), redirect: "error",
    headers: { "Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": token },
  });
  /* Signing in again in another tab makes a new token. */
  async function renew() {
    const response = await fetch(form.dataset.save, { headers: { "Accept": "application/json" }, credentials: "same-origin" });
    if (!response.ok) return response.status === 401;
    token = (await response.json()).token;
    all("input[name=csrfmiddlewaretoken]", document).forEach((input) => { input.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    return true;
  }
  function signedOut(answer) {
    const text = answer.text ? (document.documentElement.lang.startsWith("zh") ? answer.text.zh : answer.text.en) : word("登录已过期", "Your session has ended");
    const link = Object.assign(document.createElement("a"), { href: answer.sign_in ?? "/sign-in/", target: "_blank", rel: "noopener", textContent: word("在新窗口登录", "Sign in in a new tab") });
    say("unsaved", text, link);
    soon(EVERY);
    return false;
  }
  function refused(answer) {
    const reasons = answer.reasons ?? [];
    blocked = true;
    say("unsaved", reasons[0]?.text ?? (answer.text ? word(answer.text.zh, answer.text.en) : word("没有保存，请刷新页面", "Not saved; please reload the page")));
    for (const reason of reasons) { const item = itemOf(reason.place); if (item) setError(item, reason.text); }
    return false;
  }

  /* After a save: draw what changed, keep what has the focus or was typed since. */
  function take_over(answer, sent, base, take) {
    const newer = new Set([...answer.newer, ...take]);
    answered = null;
    for (const [key, value] of Object.entries(sent)) { kept[key] = value; delete behind[key]; }
    const dirty = changed();
    for (const key of newer) { if (key in dirty) behind[key] = Math.min(behind[key] ?? base, base); else delete behind[key]; }
    revision = answer.revision;
    form.elements.base.value = revision;
    const taken = [...newer].filter((key) => !(key in dirty));
    for (const [key, html] of Object.entries(answer.sections)) redraw(key, html, taken, dirty);
    arrange(answer.order);
    const now = collect();
    for (const key of Object.keys(now)) if (!(key in dirty)) kept[key] = now[key];
    for (const key of Object.keys(kept)) if (!(key in now)) delete kept[key];
    for (const [key, head] of Object.entries(answer.heads)) heads(key, head);
    for (const [key, html] of Object.entries(answer.totals ?? {})) sectionOf(key)?.querySelector("[data-lf-totals]")?.replaceChildren(parse(html));
    fill("form-panel", answer.panel_html);
    fill("form-gaps", answer.gaps_html);
    if (document.getElementById("form-checklist")) fill("form-checklist", answer.checklist_html);
    line();
    if (tried) problems(answer.problems);
    say("saved", word(`已自动保存 ${answer.saved_at}`, `Saved automatically at ${answer.saved_at}`));
    if (Object.keys(dirty).length) soon();
    document.dispatchEvent(new CustomEvent("laihua:saved"));
    if (answer.newer.length && !quiet) window.laihua.toast(word("另一窗口的修改已更新到本页", "Changes made elsewhere were brought to this page"));
  }
  const parse = (html) => { const box = document.createElement("template"); box.innerHTML = html.trim(); return box.content.firstElementChild; };
  const ready = (node) => document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: node } }));
  const sectionOf = (key) => form.querySelector(`[data-lf-section="${CSS.escape(key)}"]`);

  function redraw(key, html, taken, dirty) {
    const old = sectionOf(key), fresh = parse(html);
    if (!old) { document.getElementById("form-sections").append(fresh); ready(fresh); return; }
    old.dataset.lfShape = fresh.dataset.lfShape;
    const counts = [old, fresh].map((one) => all("[data-lf-row]", one).length);
    const parts = [old, fresh].map((one) => all(".lh-fields", one));
    if (counts[0] !== counts[1] || parts[0].length !== parts[1].length || (counts[1] && taken.includes(key))) {
      exchange(old.querySelector(".lf-body"), fresh.querySelector(".lf-body"));
      ready(old.querySelector(".lf-body"));
      return;
    }
    parts[0].forEach((box, index) => merge(box, parts[1][index], taken, dirty));
  }
  function merge(box, fresh, taken, dirty) {
    const olds = new Map([...box.children].map((item) => [item.dataset.lfPlace, item]));
    const wanted = [...fresh.children];
    const names = new Set(wanted.map((item) => item.dataset.lfPlace));
    for (const [name, item] of olds) if (!names.has(name)) item.remove();
    let before = null;
    for (const item of wanted) {
      const old = olds.get(item.dataset.lfPlace), key = keyOf(item.dataset.lfPlace);
      let node = item;
      if (old) {
        const is_same = old.dataset.lfSig === item.dataset.lfSig;
        const in_use = old.contains(document.activeElement) || (key in dirty);
        if (taken.includes(key) || (!is_same && !in_use)) exchange(old, item);
        else {
          node = old;
          if (!is_same) relabel(old, item);
        }
      }
      const next = before ? before.nextElementSibling : box.firstElementChild;
      if (next !== node) box.insertBefore(node, next);
      if (node !== old) ready(node);
      before = node;
    }
  }
  /* Whoever stands in what is exchanged stands there still: closing the question brings him back to the field. */
  function exchange(old, fresh) {
    const id = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(fresh);
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
  }
  function relabel(old, fresh) {
    const [mine, theirs] = [old, fresh].map((one) => one.querySelector(".lh-label, legend"));
    if (mine && theirs) { mine.replaceChildren(...theirs.childNodes); old.dataset.lfSig = fresh.dataset.lfSig; }
  }
  function arrange(order) {
    const box = document.getElementById("form-sections");
    all("[data-lf-section]").forEach((one) => { if (!order.includes(one.dataset.lfSection) && !one.contains(document.activeElement)) one.remove(); });
    let before = null;
    for (const key of order) {
      const node = sectionOf(key);
      if (!node) continue;
      const next = before ? before.nextElementSibling : box.firstElementChild;
      if (next !== node && !node.contains(document.activeElement)) box.insertBefore(node, next);
      before = node;
    }
  }
  function heads(key, head) {
    const section = sectionOf(key);
    if (!section) return;
    section.dataset.state = head.state;
    section.querySelector("[data-lf-summary]").textContent = head.summary;
  }
  function fill(id, html) {
    const box = document.getElementById(id);
    if (box.dataset.was === html) return;
    const open = box.querySelector("details")?.open;
    box.dataset.was = html;
    box.innerHTML = html;
    if (open && box.querySelector("details")) box.querySelector("details").open = true;
  }
  function line() {
    const panel = document.getElementById("form-panel"), total = document.querySelector("[data-lf-line-total]");
    if (!total || !panel.querySelector("[data-lf-total]")) return;
    total.textContent = panel.querySelector("[data-lf-total]").textContent;
    document.querySelector("[data-lf-line-category]").replaceChildren(...[panel.querySelector(".lh-badge")?.cloneNode(true)].filter(Boolean));
  }

  /* Errors at the fields, once one has tried to go on. */
  const itemOf = (name) => (name ? form.querySelector(`[data-lf-place="${CSS.escape(name)}"]`) : null);
  function problems(found) {
    for (const item of all("[data-lf-place]")) {
      const text = found[item.dataset.lfPlace];
      if (!text) setError(item, "");
      else if (!item.contains(document.activeElement) || item.querySelector(".lh-error")) setError(item, text);
    }
    all(".lf-section-error").forEach((one) => { if (!found[one.closest("[data-lf-section]").dataset.lfSection]) one.remove(); });
  }
  function setError(item, text) {
    const field = item.querySelector(".lh-field");
    if (!field || item.querySelector(".lh-fixed")) return;
    const old = item.querySelector(".lh-error");
    if ((old?.textContent.trim() ?? "") === text) return;
    old?.remove();
    if (text) item.querySelector("[data-passed] > span")?.setAttribute("hidden", "");
    const id = `f-${item.dataset.lfPlace.replaceAll(".", "-")}`;
    const group = field.matches("fieldset") ? field : null;
    const controls = all("input:not([type=hidden]),select,textarea", field);
    controls.forEach((one) => (text ? one.setAttribute("aria-invalid", "true") : one.removeAttribute("aria-invalid")));
    field.querySelector(".lh-input")?.toggleAttribute("data-invalid", Boolean(text));
    group?.toggleAttribute("data-invalid", Boolean(text));
    const owner = group ?? controls[0];
    const about = (owner?.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== `${id}-error`);
    if (text) {
      const line = parse('<p class="lh-error"><i class="ti ti-exclamation-circle" aria-hidden="true"></i><span></span></p>');
      line.id = `${id}-error`;
      line.querySelector("span").textContent = text;
      const hint = field.querySelector(".lh-hint");
      if (hint) hint.before(line); else field.append(line);
      about.unshift(line.id);
    }
    if (about.length) owner?.setAttribute("aria-describedby", about.join(" ")); else owner?.removeAttribute("aria-describedby");
  }

  /* The same place filled in twice: who, when, both values, and the choice. */
  function conflict(answer) {
    document.getElementById("lf-open-conflict")?.remove();
    const source = document.getElementById("lf-conflict").content;
    const dialog = source.querySelector("dialog").cloneNode(true);
    dialog.id = "lf-open-conflict";
    const who = dialog.querySelector("[data-lf-who]");
    who.textContent = who.dataset.text.replace("{name}", answer.name).replace("{when}", answer.when);
    const one = source.querySelector("[data-lf-one]").content;
    for (const field of answer.fields) {
      const choice = one.firstElementChild.cloneNode(true);
      choice.dataset.key = field.key;
      choice.querySelector("legend").textContent = field.label;
      all("input", choice).forEach((input) => { input.name = `choice-${field.key}`; });
      const [theirs, mine] = all("b", choice);
      theirs.textContent = field.theirs;
      mine.textContent = field.mine;
      dialog.querySelector("[data-lf-fields]").append(choice);
    }
    all("[data-lf-all]", dialog).forEach((button) => button.addEventListener("click", () => {
      all(`input[value=${button.dataset.lfAll}]`, dialog).forEach((input) => { input.checked = true; });
    }));
    dialog.querySelector("form").addEventListener("submit", () => {
      const now = collect();
      answered = all("[data-key]", dialog).filter((one) => one.querySelector("input[value=theirs]").checked).map((one) => one.dataset.key);
      for (const key of answered) kept[key] = now[key];
      blocked = false;
      save();  // at once: a save that was due would ask anew
    });
    dialog.addEventListener("close", () => setTimeout(() => dialog.remove()));
    blocked = true;
    say("unsaved", word("同一处有两个不同的内容，请选择", "The same place was filled in twice; please choose"));
    document.body.append(dialog);
    dialog.showModal();
    return false;
  }

  /* Rows */
  async function addRow(key) {
    const box = form.querySelector(`[data-lf-rows="${CSS.escape(key)}"]`);
    if (await save({ override: { [key]: [...rowsOf(box), {}] } })) {
      const rows = all(`[data-lf-rows="${CSS.escape(key)}"] > [data-lf-row]`);
      rows.at(-1)?.querySelector("input:not([type=hidden]),select,textarea")?.focus();
    }
  }
  async function removeRow(name) {
    const key = keyOf(name), number = name.split(".")[1];
    const box = form.querySelector(`[data-lf-rows="${CSS.escape(key)}"]`);
    const row = box.querySelector(`[data-lf-row="${number}"]`);
    const is_filled = all("input:not([type=hidden]):not([type=radio]):not([type=checkbox]),textarea", row).some((one) => one.value);
    if (is_filled && !window.confirm(word("删除这一条？删除后不能恢复", "Remove this entry? It cannot be brought back"))) return;
    const rows = rowsOf(box).filter((one) => String(one._was) !== number);
    if (await save({ override: { [key]: rows } })) form.querySelector(`[data-lf-add="${CSS.escape(key)}"]`)?.focus();
  }

  /* What was changed from beside the form, such as by a finding, is brought into it without a word. */
  window.laihua.form = { save, async refresh() { quiet = true; try { return await save({ anyway: true }); } finally { quiet = false; } } };

  form.addEventListener("input", (event) => { if (event.target.form === form) { blocked = false; soon(); } });
  form.addEventListener("change", (event) => { if (event.target.form === form) { blocked = false; soon(150); } });
  form.addEventListener("focusout", () => { if (!blocked && isDirty()) soon(50); });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-lf-add],[data-lf-remove]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.lfAdd) addRow(button.dataset.lfAdd); else removeRow(button.dataset.lfRemove);
  });
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter;
    if (!await save() || isDirty()) return;
    leaving = true;
    setTimeout(() => {  // not inside the event that is being handled
      form.requestSubmit(button ?? undefined);
      if (button?.formTarget === "_blank") leaving = false;  // a form to sign opens beside this page
    });
  });
  setInterval(() => { if (!blocked && isDirty()) save(); }, EVERY);
  window.addEventListener("online", () => soon(0));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !blocked && isDirty()) soon(0); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { leaving = false; } });
  window.addEventListener("beforeunload", (event) => { if (!leaving && (busy || isDirty())) event.preventDefault(); });
  document.addEventListener("laihua:leave", (event) => { leaving = true; event.detail.wait(save().then((done) => { leaving = done; })); });
})();
