// The secretary's keys: 1 to 6 choose the kind, Ctrl and Enter write. Everything works without this file by mouse.
(() => {
  "use strict";
  const form = document.querySelector("form[data-write]");
  if (!form) return;
  const area = form.querySelector("textarea");

  function choose(key) {
    const kind = form.querySelector(`input[data-key="${key}"]`);
    if (!kind) return false;
    kind.checked = true;
    area.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
    // Between words a figure is a figure; before the first word it names the kind.
    const before = event.target === area ? !area.value.trim() : !window.soi?.typing(event.target);
    if (alone && before && choose(event.key)) event.preventDefault();
    else if (event.altKey && choose(event.key)) event.preventDefault();
    else if (event.target === area && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
})();
