// The ballot: how much is left, and the look-over before it is cast. Nothing leaves the page until "Bỏ phiếu";
// without this file the look-over is a page of the server.
(() => {
  "use strict";
  const form = document.querySelector("[data-ballot]");
  if (!form) return;
  const paper = form.querySelector("[data-ballot-paper]");
  const review = form.querySelector("[data-ballot-review]");
  const lines = [...form.querySelectorAll("[data-line]")];
  const marked = (line) => [...line.querySelectorAll("input:checked")];
  const label = (input) => input.closest("label").textContent.trim();

  function count() {
    let empty = 0;
    for (const line of lines) {
      const number = marked(line).length;
      const most = Number(line.dataset.most || 1);
      const box = line.querySelector("[data-marks]");
      if (box) {
        box.hidden = false;
        box.querySelector("b").textContent = `${number}/${most}`;
        line.classList.toggle("is-over", number > most);
        // No more boxes than allowed: the others wait until one is taken back.
        for (const input of line.querySelectorAll("input:not(:checked)")) input.disabled = number >= most;
      }
      if (!number) empty += 1;
    }
    const left = form.querySelector("[data-left]");
    left.textContent = empty ? `${left.dataset.tLeft}: ${empty}/${lines.length}` : left.dataset.tAll;
  }

  function lookOver() {
    const list = review.querySelector("[data-review-lines]");
    list.replaceChildren(...lines.map((line) => {
      const row = document.createElement("div");
      const what = document.createElement("dt");
      const chosen = document.createElement("dd");
      what.textContent = line.dataset.line;
      const names = marked(line).map(label);
      chosen.textContent = names.join("; ") || form.dataset.tBlank;
      if (!names.length) chosen.className = "late-word";
      row.append(what, chosen);
      return row;
    }));
    turn(true);
    review.querySelector("h2").focus();
  }

  function turn(over) {
    paper.hidden = over;
    review.hidden = !over;
    scrollTo({ top: 0 });
  }

  form.addEventListener("change", count);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "cast") {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "yes";
      event.submitter.setAttribute("aria-disabled", "true");
      return;
    }
    event.preventDefault();
    lookOver();
  });
  form.querySelector("[data-ballot-back]").addEventListener("click", () => {
    turn(false);
    lines[0]?.querySelector("input")?.focus();
  });
  // Brought back by the browser's own "back": the page as it was, not as it was sent.
  addEventListener("pageshow", () => { delete form.dataset.sent; count(); });
  count();
})();
