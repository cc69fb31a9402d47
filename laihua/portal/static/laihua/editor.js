/* Makes an editor of a text area (c-editor). What it writes is cleaned by the server; without this script the text area stands. */
(() => {
  "use strict";
  document.querySelectorAll("[data-lh-editor]").forEach((box) => {
    const source = box.querySelector("textarea"), area = box.querySelector(".lh-editor-area"), tools = box.querySelector(".lh-editor-tools");
    const links = box.querySelector(".lh-editor-link"), address = links.querySelector("input");
    const buttons = [...tools.querySelectorAll("button")];
    let kept = null;

    // Only what the server has cleaned before stands in the text area; parsed as text, nothing in it runs or loads.
    const parsed = new DOMParser().parseFromString(source.value, "text/html").body;
    if (!parsed.children.length && parsed.textContent.trim()) {
      parsed.textContent.split(/\n\s*\n/).forEach((part) => {
        const p = document.createElement("p");
        p.textContent = part;
        area.append(p);
      });
    } else {
      area.append(...parsed.childNodes);
    }
    area.contentEditable = "true";
    source.hidden = true;
    [area, tools].forEach((part) => { part.hidden = false; });
    box.querySelector("label").addEventListener("click", () => area.focus());
    document.execCommand("defaultParagraphSeparator", false, "p");
    document.execCommand("styleWithCSS", false, "false");

    const write = () => { source.value = area.textContent.trim() ? area.innerHTML : ""; };
    const isIn = (tag) => {
      const node = getSelection().anchorNode;
      const at = node && (node.nodeType === 1 ? node : node.parentElement);
      return at && area.contains(at) ? at.closest(tag) : null;
    };
    const show = () => buttons.forEach((button) => {
      const { do: deed, with: tag } = button.dataset;
      if (!button.hasAttribute("aria-pressed")) return;
      button.setAttribute("aria-pressed", String(tag ? Boolean(isIn(tag)) : document.queryCommandState(deed)));
    });
    const back = () => {
      area.focus();
      if (!kept) return;
      getSelection().removeAllRanges();
      getSelection().addRange(kept);
    };
    const keep = () => {
      const selection = getSelection();
      if (selection.rangeCount && area.contains(selection.anchorNode)) kept = selection.getRangeAt(0).cloneRange();
    };

    tools.addEventListener("mousedown", (event) => event.preventDefault());
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      back();
      const { do: deed, with: tag } = button.dataset;
      if (deed === "link") {
        const inside = isIn("a");
        address.value = inside ? inside.getAttribute("href") : "";
        links.hidden = !links.hidden;
        if (!links.hidden) address.focus();
      } else if (deed === "formatBlock") {
        document.execCommand(deed, false, isIn(tag) ? "p" : tag);
      } else {
        document.execCommand(deed, false);
      }
      write();
      show();
    });
    const setLink = (how) => {
      back();
      if (how === "none" || !address.value.trim()) document.execCommand("unlink", false);
      else document.execCommand("createLink", false, address.value.trim());
      links.hidden = true;
      write();
    };
    links.addEventListener("click", (event) => {
      const how = event.target.dataset.link;
      if (how) setLink(how);
    });
    address.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); setLink("set"); }
      if (event.key === "Escape") { links.hidden = true; back(); }
    });
    // One stop for Tab; arrows go from button to button.
    buttons.forEach((button, n) => { button.tabIndex = n ? -1 : 0; });
    tools.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
      buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
      next.focus();
    });
    area.addEventListener("paste", (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
    area.addEventListener("drop", (event) => event.preventDefault());
    area.addEventListener("input", write);
    area.addEventListener("blur", write);
    document.addEventListener("selectionchange", () => { keep(); if (document.activeElement === area) show(); });
    source.form.addEventListener("submit", write);
  });
})();
