/* Uploads with a progress bar, dropped files, previews beside the list. Without script each row has a form of its own. */
(() => {
  "use strict";
  const list = document.querySelector("[data-lm-list]");
  if (!list) return;
  const { word } = window.laihua;
  const MEGA = 1024 * 1024;
  const parse = (html) => { const box = document.createElement("template"); box.innerHTML = html.trim(); return box.content.firstElementChild; };
  const size = (bytes) => (bytes < MEGA ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGA).toFixed(1)} MB`);
  const tab = `?tab=${encodeURIComponent(list.dataset.tab)}`;
  const running = new Set();

  function refuse(row, reasons) {
    const box = row.querySelector("[data-lm-refusal]");
    box.querySelector("ul").replaceChildren(...reasons.map((reason) => {
      const item = parse('<li><i class="ti ti-exclamation-circle" aria-hidden="true"></i><span></span></li>');
      item.querySelector("span").textContent = reason.text;
      if (reason.link && !reason.link.startsWith("/help/")) item.append(Object.assign(document.createElement("a"), { href: reason.link, target: "_blank", rel: "noopener", textContent: reason.link_text || reason.link }));
      return item;
    }));
    box.hidden = !reasons.length;
  }

  /* One file for one row. What was there stays there until the new one is accepted. */
  function upload(row, file) {
    const form = row.querySelector("[data-lm-upload]");
    const max = Number(form.dataset.max);
    refuse(row, []);
    if (!file.size) return refuse(row, [{ text: word("文件是空的（0字节）。请重新生成文件后上传", "The file is empty (0 bytes). Please make the file again and upload it") }]);
    if (file.size > max) return refuse(row, [{ text: word(`文件大小${size(file.size)}，超过上限${form.dataset.limit}。请降低扫描分辨率（200 dpi即可）或压缩后再上传`, `The file has ${size(file.size)}; at most ${form.dataset.limit} are allowed. Please scan at a lower resolution (200 dpi is enough) or compress the file, then upload it`) }]);
    const request = new XMLHttpRequest();
    const badge = row.querySelector(".lh-material-state"), was = badge.innerHTML;
    const place = row.querySelector("[data-lm-progress]");
    const line = parse('<div class="lh-file"><i class="ti ti-file-text" aria-hidden="true"></i><span></span><div class="lh-upload"><progress max="100" value="0"></progress><small></small></div><button type="button" class="lh-link"></button></div>');
    line.querySelector("span").textContent = file.name;
    const bar = line.querySelector("progress"), small = line.querySelector("small"), cancel = line.querySelector("button");
    bar.setAttribute("aria-label", word(`上传进度：${file.name}`, `Upload of ${file.name}`));
    cancel.textContent = word("取消", "Cancel");
    cancel.addEventListener("click", () => request.abort());
    place.replaceChildren(line);
    badge.innerHTML = `<span class="lh-badge lh-badge-azure"><i class="ti ti-loader-2 lh-spin" aria-hidden="true"></i>${word("上传中", "Uploading")}</span>`;
    row.querySelector(".lh-material-actions").hidden = true;
    const end = () => { running.delete(request); badge.innerHTML = was; place.replaceChildren(); row.querySelector(".lh-material-actions").hidden = false; form.reset(); };
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const part = Math.round((event.loaded / event.total) * 100);
      bar.value = part;
      small.textContent = part < 100 ? `${part}% · ${(event.loaded / MEGA).toFixed(1)}/${(event.total / MEGA).toFixed(1)} MB` : word("正在检查文件", "Checking the file");
      if (part === 100) { bar.removeAttribute("value"); cancel.hidden = true; }
    });
    request.addEventListener("abort", end);
    request.addEventListener("error", () => { end(); refuse(row, [{ text: word("网络中断，文件没有上传，请重试", "The network failed and the file was not uploaded. Please try again") }]); });
    request.addEventListener("load", () => {
      end();
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* a page instead of an answer: said below */ }
      if (request.status === 200) return redraw(row, answer);
      if (request.status === 401) return refuse(row, [{ text: word("登录已过期，文件没有上传。请在新窗口登录后再传", "Your session has ended and the file was not uploaded. Sign in in a new tab, then upload again"), link: answer.sign_in, link_text: word("登录", "Sign in") }]);
      if (request.status === 403) return refuse(row, [{ text: word("页面已过期，文件没有上传。请刷新页面后再传", "This page has expired and the file was not uploaded. Reload it and upload again") }]);
      refuse(row, answer.reasons ?? [{ text: word("没有上传成功，请稍后再试", "The upload failed; please try again later") }]);
    });
    request.open("POST", form.action + tab);
    request.setRequestHeader("Accept", "application/json");
    const data = new FormData(form);
    data.set("file", file);
    running.add(request);
    request.send(data);
  }

  function redraw(row, answer) {
    const fresh = parse(answer.row_html);
    row.replaceWith(fresh);
    document.getElementById("material-counts").innerHTML = answer.counts_html;
    document.getElementById("material-tabs").innerHTML = answer.tabs_html;
    fresh.focus();
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } }));
    document.dispatchEvent(new CustomEvent("laihua:saved"));
  }

  list.addEventListener("change", (event) => {
    if (!event.target.matches("[data-lm-upload] input[type=file]") || !event.target.files.length) return;
    upload(event.target.closest("[data-lm-row]"), event.target.files[0]);
  });

  /* The whole row takes a dropped file. */
  const target = (event) => { const row = event.target.closest("[data-lm-row]"); return row?.querySelector("[data-lm-upload]") ? row : null; };
  ["dragover", "drop"].forEach((name) => document.addEventListener(name, (event) => { if ([...(event.dataTransfer?.types ?? [])].includes("Files")) event.preventDefault(); }));
  list.addEventListener("dragover", (event) => {
    list.querySelectorAll("[data-drag]").forEach((one) => { if (one !== target(event)) delete one.dataset.drag; });
    const row = target(event);
    if (row) row.dataset.drag = "1";
  });
  ["dragleave", "drop"].forEach((name) => list.addEventListener(name, (event) => {
    if (name === "dragleave" && event.relatedTarget?.closest?.("[data-lm-row]") === target(event)) return;
    list.querySelectorAll("[data-drag]").forEach((one) => { delete one.dataset.drag; });
    const row = target(event);
    if (name === "drop" && row && event.dataTransfer.files.length) upload(row, event.dataTransfer.files[0]);
  }));

  list.addEventListener("click", (event) => {
    const seen = event.target.closest("[data-lm-preview]");
    if (seen) { event.preventDefault(); preview(seen); }
    const gone = event.target.closest("[data-lm-remove]");
    if (gone) { event.preventDefault(); askRemoval(gone); }
  });

  /* Pages as the server draws them, in a drawer. */
  function preview(link) {
    const drawer = document.getElementById("preview"), pages = document.getElementById("preview-pages");
    const { title, page } = link.dataset, count = Number(link.dataset.pages);
    document.getElementById("preview-title").textContent = title;
    document.getElementById("preview-file").href = link.href;
    pages.replaceChildren(...Array.from({ length: count }, (_, index) => {
      const box = document.createElement("div");
      const words = word(`第${index + 1}页，共${count}页`, `Page ${index + 1} of ${count}`);
      box.append(Object.assign(document.createElement("p"), { className: "lm-page-number", textContent: words }));
      box.append(Object.assign(document.createElement("img"), { className: "lm-page", loading: "lazy", alt: `${title} ${words}`, src: page.replace("/1.png", `/${index + 1}.png`) }));
      return box;
    }));
    drawer.showModal();
    pages.scrollTop = 0;
  }

  function askRemoval(link) {
    const text = document.getElementById("remove-text"), form = document.getElementById("remove-form");
    text.textContent = text.dataset.text.replace("{name}", link.dataset.name);
    form.action = link.href;
    window.laihua.open("remove");
  }
  document.getElementById("remove-form")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target, key = form.action.split("/").at(-3);
    const row = document.getElementById(`material-${key}`);
    form.closest("dialog").close();
    try {
      const response = await fetch(form.action + tab, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin" });
      const answer = await response.json();
      if (response.ok) { redraw(row, answer); window.laihua.toast(word("已删除，可以重新上传", "Removed; you can upload another")); } else refuse(row, answer.reasons ?? [{ text: answer.text ? word(answer.text.zh, answer.text.en) : word("没有删除，请刷新页面后再试", "Not removed. Please reload the page") }]);
    } catch { refuse(row, [{ text: word("网络中断，没有删除，请重试", "The network failed and nothing was removed. Please try again") }]); }
  });

  window.addEventListener("beforeunload", (event) => { if (running.size) event.preventDefault(); });
  if (location.hash.startsWith("#material-")) document.getElementById(location.hash.slice(1))?.focus();
})();
