// The ballot: how much is left, the look-over, and the casting, all on one page. Nothing leaves the page until
// "Bỏ phiếu"; without this file the look-over and the answer are pages of the server.
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
      event.preventDefault();
      cast(event.submitter);
      return;
    }
    event.preventDefault();
    lookOver();
  });

  // Cast twice by mistake it is counted once: the server then answers that it has been cast.
  async function cast(button) {
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    button.setAttribute("aria-disabled", "true");
    refuse("");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        credentials: "same-origin",
        headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content || "", "HX-Request": "true" },
        body: new URLSearchParams(new FormData(form, button)),
      });
      const words = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.status === 401 || answer.redirected) return location.reload();
      if (answer.status === 422) refuse(words.querySelector("[data-refusal]")?.textContent || document.body.dataset.tFailed);
      else if (answer.ok || answer.status === 409) done(words);
      else refuse(document.body.dataset.tFailed);
    } catch {
      refuse(document.body.dataset.tOffline);
    } finally {
      delete form.dataset.sent;
      button.removeAttribute("aria-disabled");
    }
  }

  function done(words) {
    form.replaceWith(...words.body.childNodes);
    scrollTo({ top: 0 });
    document.querySelector(".ballot-done h2")?.focus();
  }

  // What is wrong stands above the marks, which stay as they are.
  function refuse(sentence) {
    const place = document.querySelector("[data-ballot-refusal]");
    place.hidden = !sentence;
    place.querySelector(".flash-text").textContent = sentence;
    if (!sentence) return;
    turn(false);
    place.focus();
  }
  form.querySelector("[data-ballot-back]").addEventListener("click", () => {
    turn(false);
    lines[0]?.querySelector("input")?.focus();
  });
  // Brought back by the browser's own "back": the page as it was, not as it was sent.
  addEventListener("pageshow", () => { delete form.dataset.sent; count(); });
  count();
})();
