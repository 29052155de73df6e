// Small things every staff page shares. Pages work without this file: links, forms and <details> do the work.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const word = (name) => document.body.dataset[name] || "";
  const typing = (node) => node instanceof Element && !!node.closest("input:not([type=checkbox],[type=radio],[type=button],[type=submit]),textarea,select,[contenteditable]");
  const plainKey = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.defaultPrevented;

  function toast(text, kind = "info") {
    const box = document.createElement("div");
    box.className = `flash flash-${kind} toast`;
    const line = document.createElement("div");
    line.className = "flash-text";
    line.textContent = text;
    const close = document.createElement("button");
    close.className = "dismiss";
    close.type = "button";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", word("tClose"));
    close.textContent = "×";
    const icon = $(`#icon-${kind}`)?.content.cloneNode(true);
    if (icon) box.append(icon);
    box.append(line, close);
    $("#toasts")?.append(box);
    // An error stays until it is read; the rest leaves on its own.
    if (kind !== "error") setTimeout(() => box.remove(), 6000);
  }

  function ask(question, yes) {
    const dialog = $("#ask");
    if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
    $("#ask-text").textContent = question;
    const button = $("[data-ask-yes]", dialog);
    button.dataset.plain ||= button.textContent;
    button.textContent = yes || button.dataset.plain;
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
  }

  // ---- htmx: token, progress line, refusals -------------------------------------------------
  let running = 0;
  const busy = (step) => {
    running = Math.max(0, running + step);
    document.body.classList.toggle("is-busy", running > 0);
  };
  document.addEventListener("htmx:configRequest", (event) => {
    const token = $("meta[name=csrf-token]")?.content;
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:beforeRequest", () => {
    busy(1);
    for (const old of $$(".toast.flash-error")) old.remove();
  });
  document.addEventListener("htmx:afterRequest", () => busy(-1));
  document.addEventListener("htmx:sendError", () => toast(word("tOffline"), "error"));
  const answer = (event) => new DOMParser().parseFromString(event.detail.xhr.responseText || "", "text/html").body;
  document.addEventListener("htmx:responseError", (event) => {
    toast($("[data-refusal]", answer(event))?.textContent.trim() || word("tFailed"), "error");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // 422 with a form is shown in its place; 422 with a bare sentence must not wipe out what it answers.
    const refusal = event.detail.xhr.status === 422 && answer(event).firstElementChild;
    if (!refusal || !refusal.matches("[data-refusal]")) return;
    event.detail.shouldSwap = false;
    toast(refusal.textContent.trim(), "error");
  });
  document.addEventListener("htmx:confirm", (event) => {
    const asker = event.detail.triggeringEvent?.submitter?.closest("[data-confirm]") || event.detail.elt.closest("[data-confirm]");
    if (!asker) return;
    event.preventDefault();
    ask(asker.dataset.confirm, asker.dataset.yes).then((yes) => yes && event.detail.issueRequest(true));
  });
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

  // ---- clicks ---------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    target.closest("[data-dismiss]")?.closest(".flash, .toast")?.remove();
    const opener = target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      const dialog = $(opener.dataset.dialog);
      if (dialog && !dialog.open) dialog.showModal();
    }
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    if (target.closest("[data-print]")) window.print();
    if (target instanceof HTMLDialogElement) closeOutside(target, event);
    for (const menu of $$("details.user-menu[open]")) if (!menu.contains(target) || opener) menu.open = false;
    followRow(target, event);
  });

  function closeOutside(dialog, event) {
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.detail) dialog.close();
  }

  function followRow(target, event) {
    const row = target.closest("tr[data-href]");
    if (!row || target.closest("a,button,input,select,label,summary") || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else location.assign(row.dataset.href);
  }

  // ---- forms: ask first, work once, never lose what was typed ---------------------------------
  const dirty = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asker = event.submitter?.closest("button[data-confirm]") || form.closest("form[data-confirm]");
    const byHtmx = form.hasAttribute("hx-post") || event.submitter?.hasAttribute("hx-post");
    if (asker && !byHtmx && form.dataset.asked !== "yes") {
      event.preventDefault();
      const submitter = event.submitter;
      ask(asker.dataset.confirm, asker.dataset.yes).then((yes) => {
        if (!yes) return;
        form.dataset.asked = "yes";
        form.requestSubmit(submitter);
      });
      return;
    }
    dirty.delete(form);
    if (form.hasAttribute("data-busy") && !byHtmx) showWork(form, event.submitter);
  });

  function showWork(form, button) {
    // After the event, so that the pressed button's own name and value are still sent.
    setTimeout(() => {
      for (const each of $$("button", form)) each.disabled = true;
      if (!button) return;
      const wheel = document.createElement("span");
      wheel.className = "spinner";
      button.replaceChildren(wheel, form.dataset.busy || word("tWorking"));
    });
  }
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) dirty.add(form);
    if (event.target.matches?.("textarea")) grow(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("form[data-auto] select, form[data-auto] input[type=checkbox]")) event.target.form.requestSubmit();
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });
  // Coming back with the browser's arrow: buttons must be usable again.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());

  function grow(area) {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, innerHeight * 0.6)}px`;
  }

  // ---- keys -----------------------------------------------------------------------------------
  function step(by) {
    const rows = $$("a.row-link, a.todo-title").filter((row) => row.offsetParent);
    const here = rows.findIndex((row) => row === document.activeElement || row.closest("tr, li")?.contains(document.activeElement));
    const next = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of $$("details.user-menu[open]")) menu.open = false;
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (!plainKey(event) || typing(event.target) || $("dialog[open]")) return;
    if (event.key === "/" && $("[data-search]")) {
      event.preventDefault();
      $("[data-search]").focus();
      $("[data-search]").select?.();
    } else if (event.key === "?") $("#keys")?.showModal();
    else if (event.key === "j" && !$(".confirm")) step(1);
    else if (event.key === "k" && !$(".confirm")) step(-1);
  });

  // ---- dates: typed as 22/11/2021, or picked from the browser's calendar ------------------------
  const two = (number) => String(number).padStart(2, "0");
  function dayParts(text) {
    const found = text.trim().match(/^(\d{1,2})[\/.\- ](\d{1,2})[\/.\- ](\d{4})$/) || text.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
    return found && { day: two(found[1]), month: two(found[2]), year: found[3] };
  }
  document.addEventListener("change", (event) => {
    if (!event.target.matches("input[data-day]")) return;
    const parts = dayParts(event.target.value);
    if (parts) event.target.value = `${parts.day}/${parts.month}/${parts.year}`;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-day-pick]");
    if (!button) return;
    const box = button.parentElement, typed = $("[data-day]", box), native = $(".day-native", box);
    const parts = dayParts(typed.value);
    native.value = parts ? `${parts.year}-${parts.month}-${parts.day}` : "";
    native.onchange = () => {
      const [year, month, day] = native.value.split("-");
      typed.value = day ? `${day}/${month}/${year}` : "";
      typed.dispatchEvent(new Event("input", { bubbles: true }));
      typed.dispatchEvent(new Event("change", { bubbles: true }));
    };
    try { native.showPicker(); } catch { typed.focus(); }
  });

  function prepare(root) {
    for (const area of $$("textarea", root)) grow(area);
    for (const map of $$(".heat-scroll", root)) map.scrollLeft = map.scrollWidth; // the latest periods first
    $("[data-focus]", root)?.focus();
  }
  document.documentElement.classList.add("js");
  prepare(document);
  window.soi = { toast, ask, typing, plainKey };
})();
