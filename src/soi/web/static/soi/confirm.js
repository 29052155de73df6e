// The side-by-side confirm page: one card is active; its evidence is shown in the text on the left.
(() => {
  "use strict";
  const page = document.querySelector(".confirm");
  if (!page) return;
  const source = page.querySelector(".confirm-source");
  const pane = source.querySelector(".source-pane");
  const narrow = matchMedia("(max-width: 63.99rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const { typing, plainKey } = window.soi;
  const cards = () => [...page.querySelectorAll(".card")];
  const marks = (id) => [...page.querySelectorAll(`mark[data-card~="${CSS.escape(id)}"]`)];
  let active = null; // the id of the active card: ids outlive the swap of a card
  let advance = false;

  const card = () => active && document.getElementById(active);
  const move = (node, block) => node?.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

  function activate(next, { scrollCard = true, scrollText = true } = {}) {
    if (!next) return;
    active = next.id;
    for (const each of cards()) each.classList.toggle("is-active", each === next);
    for (const mark of page.querySelectorAll("mark.is-active")) mark.classList.remove("is-active");
    const evidence = marks(active);
    for (const mark of evidence) mark.classList.add("is-active");
    if (scrollCard) move(next, "nearest");
    if (scrollText && source.open) showEvidence(evidence[0]);
    if (!next.contains(document.activeElement)) next.focus({ preventScroll: true });
  }

  // Scrolls the text alone, so that the page and the card stay where they are.
  function showEvidence(mark) {
    if (!mark) return;
    if (pane.scrollHeight <= pane.clientHeight + 1) return move(mark, "center");
    const top = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollBy({ top: top - pane.clientHeight / 4, behavior: calm.matches ? "auto" : "smooth" });
  }

  function step(by) {
    const all = cards();
    const here = all.findIndex((each) => each.id === active);
    activate(all[Math.min(all.length - 1, Math.max(0, here + by))]);
  }

  function nextPending() {
    const all = cards();
    const here = all.findIndex((each) => each.id === active);
    const pending = (each) => each.dataset.state === "pending";
    const next = all.slice(here + 1).find(pending) || all.find(pending);
    if (next) activate(next);
    else document.querySelector(".confirm-bar .btn-primary")?.focus();
  }

  function edit() {
    const fields = card()?.querySelector(".card-edit");
    if (!fields) return;
    if ("open" in fields) fields.open = true;
    fields.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  // A mark loses its underline once its card is decided, so what is left stands out.
  function paint() {
    for (const each of cards()) {
      for (const mark of marks(each.id)) {
        mark.classList.toggle("is-done", each.dataset.state === "accepted");
        mark.classList.toggle("is-dropped", each.dataset.state === "dropped");
      }
    }
  }

  const press = (selector) => card()?.querySelector(selector)?.click();
  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    a: () => press(".js-accept"), x: () => press(".js-drop"), e: edit,
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card()?.contains(event.target)) card().focus({ preventScroll: true });
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !plainKey(event) || event.shiftKey || event.repeat && "axe".includes(event.key)) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });

  page.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-card]");
    if (mark) {
      const ids = mark.dataset.card.split(" ");
      const next = ids[(ids.indexOf(active) + 1) % ids.length];
      activate(document.getElementById(next), { scrollText: false });
      return;
    }
    if (event.target.closest(".js-accept, .js-drop")) advance = true;
    const show = event.target.closest("[data-show-source]");
    if (show) source.open = true;
    const chosen = event.target.closest(".card");
    if (chosen && (chosen.id !== active || show)) activate(chosen, { scrollCard: !!show });
  });
  page.addEventListener("focusin", (event) => {
    const chosen = event.target.closest(".card");
    if (chosen && chosen.id !== active) activate(chosen, { scrollCard: false });
  });

  document.addEventListener("htmx:afterSettle", () => {
    paint();
    const now = card();
    if (advance && now?.dataset.state !== "pending") nextPending();
    else if (now) activate(now, { scrollText: false });
    advance = false;
  });

  const fit = () => { source.open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();
  paint();
  for (const line of document.querySelectorAll("[data-keys=confirm]")) line.hidden = false;
  const first = cards().find((each) => each.dataset.state === "pending");
  if (first) activate(first, { scrollCard: false, scrollText: false });
})();
