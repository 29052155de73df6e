// The number on the bell: asked for after the page stands, at most once a minute; a page never waits for it.
(() => {
  "use strict";
  const FRESH = 60_000;
  const bell = document.querySelector("[data-bell]");
  if (!bell) return;
  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem("soi-bell") || "null"); } catch { return null; }
  };
  const keep = (answer) => {
    try { sessionStorage.setItem("soi-bell", JSON.stringify({ ...answer, who: bell.dataset.bell, at: Date.now() })); } catch { /* private mode */ }
  };
  function show(answer) {
    const badge = bell.querySelector("[data-bell-count]");
    badge.hidden = !answer.shown;
    badge.firstElementChild.textContent = answer.shown;
  }
  // The inbox knows the number itself.
  const here = document.querySelector("[data-unread]");
  if (here) {
    const unread = Number(here.dataset.unread);
    const answer = { unread, shown: unread > 99 ? "99+" : unread ? String(unread) : "" };
    keep(answer);
    show(answer);
    return;
  }
  const last = kept();
  const mine = last && last.who === bell.dataset.bell;
  if (mine) show(last);
  if (mine && Date.now() - last.at < FRESH) return;
  fetch(bell.dataset.count, { headers: { Accept: "application/json" }, redirect: "error" })
    .then((response) => (response.ok ? response.json() : null))
    .then((answer) => answer && (keep(answer), show(answer)))
    .catch(() => {}); // no connection: the bell stays as it was
})();
