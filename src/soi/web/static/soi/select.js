// Choosing many rows of a list, by mouse and by keyboard. Without this file the checkboxes and buttons do the work.
(() => {
  "use strict";
  const { typing, plainKey } = window.soi;
  const form = () => document.querySelector("form[data-select]");
  const boxes = () => [...(form()?.querySelectorAll("input[data-row]") || [])];
  const row = (box) => box.closest("tr");
  let anchor = null; // the value of the box chosen last: where a range begins

  function paint() {
    const all = boxes();
    const chosen = all.filter((box) => box.checked);
    for (const box of all) row(box).classList.toggle("is-selected", box.checked);
    const bar = document.querySelector("[data-bulk]");
    if (!bar) return;
    bar.classList.toggle("is-on", chosen.length > 0);
    const words = bar.querySelector("[data-chosen]");
    words.textContent = chosen.length ? words.dataset.chosen.replace("{n}", chosen.length) : "";
    for (const button of bar.querySelectorAll("button[name=kind]")) button.disabled = !chosen.length;
    const head = form().querySelector("[data-all]");
    head.checked = chosen.length === all.length && all.length > 0;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }

  function set(box, checked) {
    box.checked = checked;
    anchor = box.value;
  }

  function range(to, checked) {
    const all = boxes();
    const from = Math.max(0, all.findIndex((box) => box.value === anchor));
    const here = all.indexOf(to);
    for (const box of all.slice(Math.min(from, here), Math.max(from, here) + 1)) box.checked = checked;
    anchor = to.value;
  }

  function all() {
    const every = boxes();
    const checked = every.some((box) => !box.checked);
    for (const box of every) box.checked = checked;
  }

  const current = () => {
    const line = document.activeElement?.closest("tr");
    return line && form()?.contains(line) ? line.querySelector("input[data-row]") : null;
  };

  function step(by) {
    const every = boxes();
    const here = every.indexOf(current());
    const next = every[here < 0 ? (by > 0 ? 0 : every.length - 1) : Math.min(every.length - 1, Math.max(0, here + by))];
    const link = next && row(next).querySelector("a.row-link");
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
    return next;
  }

  const press = (kind) => document.querySelector(`[data-bulk] button[value=${kind}]:not(:disabled)`)?.click();

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.matches?.("[data-all]")) {
      for (const box of boxes()) box.checked = target.checked;
      paint();
    } else if (target.matches?.("input[data-row]")) {
      if (event.shiftKey && anchor !== null) range(target, target.checked);
      anchor = target.value;
      paint();
    } else if (target.closest?.("[data-none]")) {
      for (const box of boxes()) box.checked = false;
      paint();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (!form() || !plainKey(event) || typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const here = current();
    let done = true;
    if (key === "x" && here) event.shiftKey && anchor !== null ? range(here, true) : set(here, !here.checked);
    else if (key === "a" && !event.shiftKey) all();
    else if (key === "g" && !event.shiftKey) press("hand_over");
    else if (key === "h" && !event.shiftKey) press("change_due");
    else if (key === "n" && !event.shiftKey) press("remind");
    else if ((key === "ArrowDown" || key === "ArrowUp") && here) {
      if (event.shiftKey) set(here, true);
      const next = step(key === "ArrowDown" ? 1 : -1);
      if (event.shiftKey && next) set(next, true);
    } else if (key === "Escape" && boxes().some((box) => box.checked)) for (const box of boxes()) box.checked = false;
    else done = false;
    if (!done) return;
    event.preventDefault();
    paint();
  });

  // After the filter has brought another list, and when the browser comes back and remembers the boxes.
  document.addEventListener("htmx:afterSettle", paint);
  window.addEventListener("pageshow", paint);
  if (form()) for (const line of document.querySelectorAll("[data-keys=select]")) line.hidden = false;
  paint();
})();
