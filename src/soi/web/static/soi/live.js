// A page that follows the meeting: one stream of events down, forms posted up, and a line that heals by itself.
// The page is whole without this file: it shows how things stood when it was loaded.
(() => {
  "use strict";
  const main = document.querySelector("[data-live]");
  if (!main) return;
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const LOST_AFTER = 3_000; // so long without a line before it is said
  const SILENT_FOR = 35_000; // two beats of the server missed
  const POLL_EVERY = 5_000;
  const STILL_HERE = 5 * 60_000;
  const FAILURES_BEFORE_POLLING = 4;
  const isDelegate = main.dataset.live.endsWith("/delegate/");

  let state = ""; // what this page shows, as the server calls it
  let number = Number(main.dataset.number || 0);
  let source = null;
  let failures = 0;
  let heardAt = Date.now();
  let lostTimer = 0;
  let pollTimer = 0;
  let ended = false;
  let clockAhead = 0; // the server's clock against this one

  // ---- the line ---------------------------------------------------------------------------------
  function showLine(isLost) {
    document.documentElement.classList.toggle("is-lost", isLost);
    for (const line of $$("[data-live-line]")) line.hidden = !isLost;
  }
  function lineIsBack() {
    heardAt = Date.now();
    clearTimeout(lostTimer);
    lostTimer = 0;
    showLine(false);
  }
  function lineIsGone() {
    lostTimer ||= setTimeout(() => showLine(true), LOST_AFTER);
  }

  function connect() {
    source?.close();
    if (ended) return;
    if (!window.EventSource) return poll();
    const url = new URL(main.dataset.live, location.href);
    if (state) url.searchParams.set("sau", state);
    source = new EventSource(url);
    source.onopen = () => {
      failures = 0;
      clearTimeout(pollTimer);
      pollTimer = 0;
      lineIsBack();
    };
    source.onmessage = (event) => {
      lineIsBack();
      state = event.lastEventId || state;
      take(JSON.parse(event.data));
    };
    source.addEventListener("beat", lineIsBack);
    source.addEventListener("clock", (event) => {
      lineIsBack();
      clockAhead = new Date(JSON.parse(event.data).now).getTime() - Date.now();
    });
    source.addEventListener("line", (event) => (JSON.parse(event.data).lost ? lineIsGone() : lineIsBack()));
    source.addEventListener("signal", (event) => tell("soi:signal", JSON.parse(event.data)));
    source.addEventListener("over", over);
    source.onerror = failed;
  }

  function failed() {
    lineIsGone();
    failures += 1;
    if (failures >= FAILURES_BEFORE_POLLING && !pollTimer) poll();
    // The browser tries again by itself, except after an answer that is no stream.
    if (source.readyState === EventSource.CLOSED) again();
  }
  function again() {
    source?.close();
    // While the page itself is asked for every few seconds, the stream need only be tried now and then.
    const wait = pollTimer ? 30_000 : 1_500 * 2 ** Math.min(failures, 4);
    setTimeout(async () => {
      if (ended) return;
      if (pollTimer || (await stillWelcome())) connect();
    }, wait + Math.random() * 2_500);
  }
  // Whoever may not watch any more is shown what the page itself says to them.
  function over() {
    ended = true;
    source?.close();
    setTimeout(() => location.reload(), 500 + Math.random() * 1_500);
  }
  async function stillWelcome() {
    try {
      const page = await fetch(location.href, { credentials: "same-origin" });
      if (page.status >= 500) return true;
      if (!page.ok || page.redirected) { over(); return false; }
      takePage(await page.text());
    } catch { /* no network: try on */ }
    return true;
  }

  // Where a stream never opens (an old proxy in between), the page is asked for again and again.
  function poll() {
    pollTimer = setTimeout(async () => {
      if (ended) return;
      if (await stillWelcome()) poll();
    }, POLL_EVERY);
  }

  setInterval(() => {
    if (!ended && source && Date.now() - heardAt > SILENT_FOR) {
      lineIsGone();
      heardAt = Date.now();
      connect();
    }
  }, 5_000);
  addEventListener("offline", () => showLine(true));
  addEventListener("online", connect);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - heardAt > SILENT_FOR / 2) connect();
  });
  addEventListener("pagehide", () => source?.close());

  // ---- what is shown ------------------------------------------------------------------------------
  function take(data) {
    if (data.now) clockAhead = new Date(data.now).getTime() - Date.now();
    for (const [name, html] of Object.entries(data.regions || {})) {
      for (const region of regionsNamed(name)) replace(region, html);
    }
    for (const name of data.gone || []) for (const region of regionsNamed(name)) region.replaceChildren();
    const told = (data.told || []).filter((line) => line.n > number);
    // What a delegate has of their own changes with the acts of the floor. The turnout, pushed every second while a
    // ballot is open, would have a thousand pages ask for nothing.
    const concerns = !isDelegate || data.full || data.n > number;
    number = Math.max(number, data.n);
    main.dataset.number = number;
    tick();
    tell("soi:live", { ...data, told });
    if (concerns) refreshMine();
  }
  const regionsNamed = (name) => $$(`[data-region="${CSS.escape(name)}"]`);
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  // What somebody is typing, and where they are, survive a region that is drawn anew.
  function replace(region, html) {
    const active = region.contains(document.activeElement) ? document.activeElement : null;
    const edited = $$("input[id], textarea[id], select[id]", region).filter(isEdited).map((field) => [field.id, field.value]);
    const opened = $$("details[id][open]", region).map((details) => details.id);
    const at = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
    region.innerHTML = html;
    for (const [id, value] of edited) {
      const field = region.querySelector(`#${CSS.escape(id)}`);
      if (field) field.value = value;
    }
    for (const id of opened) region.querySelector(`details#${CSS.escape(id)}`)?.setAttribute("open", "");
    const back = active?.id && region.querySelector(`#${CSS.escape(active.id)}`);
    if (back) {
      back.focus({ preventScroll: true });
      try { if (at?.[0] != null) back.setSelectionRange(...at); } catch { /* not a field of text */ }
    }
    window.htmx?.process(region);
  }
  function isEdited(field) {
    if (field.type === "checkbox" || field.type === "radio" || field.type === "hidden") return false;
    if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  }

  function takePage(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-live]");
    if (!fresh) return;
    const regions = {};
    for (const region of $$("[data-region]", page)) regions[region.dataset.region] = region.innerHTML;
    const changed = Object.fromEntries(Object.entries(regions).filter(([name, html]) => regionsNamed(name).some((region) => region.innerHTML !== html)));
    state = ""; // the stream, when it is back, sends everything
    take({ n: Number(fresh.dataset.number || 0), regions: changed });
  }

  // ---- what is mine: my request, my ballot ---------------------------------------------------------
  let mineTimer = 0;
  const shownMine = new WeakMap();
  function refreshMine(wait = Math.random() * 2_000) {
    if (mineTimer || !document.querySelector("[data-mine]")) return;
    mineTimer = setTimeout(async () => {
      mineTimer = 0;
      for (const part of $$("[data-mine]")) await refreshOne(part);
    }, wait);
  }
  async function refreshOne(part) {
    const url = part.dataset.mine || location.href;
    try {
      const answer = await fetch(url, { credentials: "same-origin", headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      if (shownMine.get(part) === html) return;
      if (isTypedIn(part)) return refreshMine(3_000);
      shownMine.set(part, html);
      replace(part, html);
      tick();
    } catch { /* no network: after the next event */ }
  }
  const isTypedIn = (part) => {
    const field = document.activeElement;
    return part.contains(field) && field.matches("input, textarea") && field.value !== "";
  };
  // Sitting in a meeting and listening is no absence: while the page is looked at, the sign-in stays.
  setInterval(() => {
    if (document.visibilityState !== "visible" || ended) return;
    if (document.querySelector("[data-mine]")) refreshMine();
    else fetch(location.href, { method: "GET", credentials: "same-origin" }).catch(() => {});
  }, STILL_HERE);

  // ---- clocks ---------------------------------------------------------------------------------------
  const two = (value) => String(value).padStart(2, "0");
  function clock(seconds) {
    const whole = Math.abs(Math.trunc(seconds)), hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60, rest = two(whole % 60);
    const text = hours ? `${hours}:${two(minutes)}:${rest}` : `${two(minutes)}:${rest}`;
    return seconds <= -1 ? `-${text}` : text;
  }
  function tick() {
    const now = Date.now() + clockAhead;
    for (const timer of $$("[data-timer-from]")) {
      const from = new Date(timer.dataset.timerFrom).getTime();
      if (Number.isNaN(from)) continue;
      const gone = (now - from) / 1000, length = Number(timer.dataset.timerSeconds || 0);
      const left = length ? length - gone : Math.max(0, gone);
      timer.textContent = clock(length ? Math.ceil(left) : left);
      timer.classList.toggle("is-over", length > 0 && left < 0);
    }
  }
  setInterval(tick, 500);

  // ---- acts: posted without leaving the page ----------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.hasAttribute("data-act")) return;
    event.preventDefault();
    act(form, event.submitter);
  });

  async function act(form, submitter) {
    if (form.getAttribute("aria-busy") === "true") return;
    const buttons = $$("button", form);
    const values = new FormData(form, submitter);
    const hasFile = [...values.values()].some((value) => value instanceof File);
    form.setAttribute("aria-busy", "true");
    for (const button of buttons) button.disabled = true;
    refuse(form, "");
    try {
      const answer = await fetch(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content || "", "HX-Request": "true" },
        body: hasFile ? values : new URLSearchParams(values),
      });
      if (answer.ok || answer.type === "opaqueredirect") done(form);
      else if (answer.status === 401) location.reload();
      else refuse(form, sentenceOf(await answer.text()) || document.body.dataset.tFailed || "");
    } catch {
      refuse(form, document.body.dataset.tOffline || "");
    } finally {
      form.removeAttribute("aria-busy");
      delete form.dataset.asked;
      for (const button of buttons) button.disabled = false;
    }
  }
  function done(form) {
    if (form.hasAttribute("data-reset")) {
      form.reset();
      form.querySelector("[data-focus]")?.focus();
    }
    form.closest("dialog[open]")?.close();
    refreshMine(0);
  }
  function sentenceOf(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    return (page.querySelector("[data-refusal]") || page.querySelector("[role=alert]") || page.body).textContent.trim().slice(0, 500);
  }
  function refuse(form, sentence) {
    const place = form.querySelector("[data-refusal]") || form.closest("[data-mine], [data-region], dialog")?.querySelector("[data-refusal]");
    if (place) {
      place.textContent = sentence;
      place.hidden = !sentence;
    } else if (sentence) window.soi?.toast(sentence, "error");
  }

  for (const part of $$("[data-mine]")) shownMine.set(part, "");
  showLine(false);
  tick();
  connect();
})();
