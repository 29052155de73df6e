// The editor of a review: what is typed is saved after a pause, and kept on this machine until the server has it.
// Without this file each paragraph is saved by its button.
(() => {
  "use strict";
  const page = document.querySelector("[data-write-page]");
  if (!page) return;
  const PAUSE = 1200, AGAIN = 5000, NEWS = 8000;
  const say = (name) => page.dataset[`t${name}`];
  const token = () => document.querySelector("meta[name=csrf-token]")?.content || "";
  const same = (one, other) => one.normalize("NFC").trim() === other.normalize("NFC").trim();
  const prefix = `soi.review.${page.dataset.user}.`;

  // Storage may be switched off: then only the server keeps the words.
  const kept = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(prefix + key)); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(prefix + key, JSON.stringify(value)); } catch { /* full or off */ } },
    drop: (key) => { try { localStorage.removeItem(prefix + key); } catch { /* off */ } },
  };

  // The words in the box change under the hands of whoever types: the caret stays where it was in the text.
  function replace(area, text) {
    const before = area.value, at = area.selectionStart;
    let common = 0;
    while (common < at && before[common] === text[common]) common += 1;
    area.value = text;
    const place = common === at ? at : Math.max(common, at + text.length - before.length);
    if (document.activeElement === area) area.setSelectionRange(place, place);
  }

  class Writing {
    constructor(form) {
      this.form = form;
      this.key = form.dataset.write;
      this.area = form.querySelector("textarea");
      this.state = form.querySelector("[data-write-state]");
      this.box = form.closest(".brief-line");
      this.base = this.area.dataset.base;
      this.held = this.area.value;
      this.timer = 0;
      this.running = null;
      this.area.addEventListener("input", () => this.typed());
      this.area.addEventListener("blur", () => this.save());
      form.addEventListener("submit", (event) => { event.preventDefault(); this.close(); });
      form.querySelector("button[type=submit]").textContent = say("Done");
      this.news = setInterval(() => this.look(), NEWS);
      this.restore();
    }

    get dirty() { return !same(this.area.value, this.held); }

    restore() {
      const left = kept.get(this.key);
      if (!left) return;
      if (same(left.text, this.area.value)) { kept.drop(this.key); return; }
      this.base = left.base;
      this.area.value = left.text;
      this.tell(say("Restored"));
      this.save();
    }

    typed() {
      kept.set(this.key, { text: this.area.value, base: this.base });
      this.tell(say("Typing"));
      this.later(PAUSE);
    }

    later(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    tell(text, bad = false) {
      this.state.textContent = text;
      this.state.classList.toggle("late", bad);
    }

    // One at a time: what is typed meanwhile goes with the next one.
    async save() {
      clearTimeout(this.timer);
      if (this.running) { await this.running; }
      if (!this.dirty || !this.area.value.trim()) return true;
      this.running = this.send(this.area.value);
      const done = await this.running;
      this.running = null;
      return done;
    }

    async send(text) {
      this.tell(say("Saving"));
      let answer;
      try {
        const response = await fetch(this.form.action, {
          method: "POST", keepalive: text.length < 20000,
          headers: { Accept: "application/json", "X-CSRFToken": token() },
          body: new URLSearchParams({ text, version: this.base }),
        });
        answer = await response.json();
      } catch {
        // No connection, or signed out meanwhile: the words stay on this machine.
        this.tell(say("Offline"), true);
        this.later(AGAIN);
        return false;
      }
      if (answer.state === "refused") { this.tell(answer.sentence, true); return false; }
      this.taken(text, answer);
      return true;
    }

    taken(text, answer) {
      const still = this.area.value === text;
      this.held = text;
      this.base = String(answer.mine);
      if (still) kept.drop(this.key);
      else kept.set(this.key, { text: this.area.value, base: this.base });
      if (answer.state !== "aside" && still) this.show(answer);
      else if (!still) this.later(PAUSE);
      this.notes(answer.notes);
      if (answer.state === "aside") this.tell(say("Aside"), true);
      else if (answer.state === "dropped") this.tell(say("Dropped"), true);
      else if (answer.state === "joined") this.tell(`${say("Joined")} ${answer.who}`);
      else this.tell(`${say("Saved")} ${answer.at}`);
    }

    show(answer) {
      if (!same(answer.text, this.area.value)) replace(this.area, answer.text);
      this.held = answer.text;
      this.base = String(answer.version);
    }

    // What somebody else has saved meanwhile comes in while nothing of one's own is waiting.
    async look() {
      if (!this.form.isConnected) { clearInterval(this.news); return; }
      if (document.hidden || this.dirty || this.running) return;
      try {
        const response = await fetch(this.form.action, { headers: { Accept: "application/json" } });
        const answer = await response.json();
        if (this.dirty || this.running || String(answer.version) === this.base || answer.waiting) return;
        this.show(answer);
        this.notes(answer.notes);
        this.tell(`${say("News")} ${answer.who}`);
      } catch { /* the next look will tell */ }
    }

    notes(html) {
      const place = this.box.querySelector("[data-write-notes]");
      if (place) place.innerHTML = html;
    }

    async close() {
      if (!(await this.save()) || this.dirty) return;
      clearInterval(this.news);
      await htmx.ajax("GET", this.form.dataset.read, { target: this.box, swap: "outerHTML" });
    }
  }

  let open = [];
  const begin = (root) => {
    for (const form of root.querySelectorAll("form[data-write]:not([data-begun])")) {
      form.dataset.begun = "yes";
      // One paragraph is open at a time; the others are saved and closed.
      for (const other of open) other.close();
      const writing = new Writing(form);
      open = [...open.filter((one) => one.form.isConnected), writing];
      writing.area.focus({ preventScroll: true });
    }
  };
  begin(document);
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement || event.detail.elt));

  // Words left by a closed tab: their paragraph opens again with them.
  addEventListener("load", () => {
    try {
      const left = Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      for (const key of left.filter((one) => /^\d+$/.test(one))) document.querySelector(`#doan-${key} .brief-edit`)?.click();
    } catch { /* storage is off */ }
  });

  document.addEventListener("click", (event) => {
    const line = event.target.closest(".write .brief-line > p");
    if (!line || event.target.closest("a, button") || String(getSelection())) return;
    line.querySelector(".brief-edit")?.click();
  });
  addEventListener("online", () => open.forEach((one) => one.save()));
  addEventListener("pagehide", () => open.forEach((one) => one.save()));

  // A new paragraph has no place on the server yet: it is kept here until it stands on the page.
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const area = form.querySelector("textarea"), key = `new.${location.pathname}.${form.dataset.keep}`;
    const left = kept.get(key);
    const stands = left && [...document.querySelectorAll(".brief-line > p, .brief-line textarea")]
      .some((one) => (one.value ?? one.textContent).includes(left.trim()));
    if (left && stands) kept.drop(key);
    else if (left) { area.value = left; form.closest("details").open = true; }
    area.addEventListener("input", () => (area.value.trim() ? kept.set(key, area.value) : kept.drop(key)));
  }
})();
