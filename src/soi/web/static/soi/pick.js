// A long select becomes one that is searched by typing, with or without marks. Without this file it is a plain select.
(() => {
  "use strict";
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d");
  // Fewer than these are faster found by looking.
  const FEW = 8;

  function enhance(select) {
    if (select.dataset.ready) return;
    select.dataset.ready = "yes";
    const many = select.multiple;
    let known = read(select);
    if (known.length <= FEW && !select.dataset.pickUrl) return;
    const search = document.createElement("input");
    search.type = "search";
    search.autocomplete = "off";
    search.className = "pick-search";
    search.placeholder = select.dataset.pick || document.body.dataset.tPick || "";
    search.setAttribute("aria-label", search.placeholder);
    search.setAttribute("aria-controls", select.id);
    select.before(search);
    let asked = 0;

    function show() {
      const words = plain(search.value).split(/\s+/).filter(Boolean);
      const chosen = known.find((item) => item.value && item.selected())?.option;
      const fits = (item) => words.every((word) => item.key.includes(word));
      const shown = known.filter((item) => (item.value ? item.selected() || fits(item) : !words.length));
      draw(select, shown);
      // The browser chooses the first of what is left on its own; nobody else has.
      if (!many && words.length && !shown.some((item) => item.option === chosen)) select.selectedIndex = -1;
      select.size = many ? Math.min(8, Math.max(4, shown.length)) : words.length ? Math.min(9, Math.max(3, shown.length + 1)) : 1;
      if (!words.length && !many) select.removeAttribute("size");
    }

    async function ask() {
      const mine = ++asked;
      const answer = await fetch(`${select.dataset.pickUrl}?q=${encodeURIComponent(search.value)}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok || mine !== asked) return;
      const box = document.createElement("select");
      box.innerHTML = new DOMParser().parseFromString(`<select>${await answer.text()}</select>`, "text/html").querySelector("select").innerHTML;
      const seen = new Set(known.map((item) => item.value));
      known = known.concat(read(box).filter((item) => !seen.has(item.value)));
      show();
    }

    let timer = 0;
    search.addEventListener("input", () => {
      show();
      clearTimeout(timer);
      if (select.dataset.pickUrl && search.value.trim().length > 1) timer = setTimeout(ask, 250);
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        select.focus();
      } else if (event.key === "Enter") {
        event.preventDefault();
        const first = [...select.options].find((option) => option.value && !(many && option.selected));
        if (first && search.value.trim()) choose(first);
      } else if (event.key === "Escape" && search.value) {
        event.stopPropagation();
        search.value = "";
        show();
      }
    });
    function choose(option) {
      if (!many) select.value = option.value;
      option.selected = true;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    select.addEventListener("change", () => {
      if (many || !search.value) return;
      search.value = "";
      show();
      select.focus();
    });
    if (many) {
      // One press chooses or lets go, with no key held.
      select.addEventListener("mousedown", (event) => {
        if (!(event.target instanceof HTMLOptionElement)) return;
        event.preventDefault();
        event.target.selected = !event.target.selected;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      });
      show();
    }
  }

  function read(select) {
    return [...select.options].map((option) => {
      const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : "";
      return { option, group, value: option.value, key: plain(`${option.text} ${group}`), selected: () => option.selected };
    });
  }

  function draw(select, shown) {
    const chosen = shown.filter((item) => item.selected());
    select.replaceChildren();
    let group = null;
    for (const item of shown) {
      if (!item.group) select.append(item.option);
      else {
        if (group?.label !== item.group) {
          group = document.createElement("optgroup");
          group.label = item.group;
          select.append(group);
        }
        group.append(item.option);
      }
    }
    for (const item of chosen) item.option.selected = true;
  }

  // "Dùng câu này": the better wording goes into the field at once; without this file the server does it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-fill]");
    const field = button && document.querySelector(button.dataset.fill);
    if (!field) return;
    event.preventDefault();
    field.value = button.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    button.closest(".wording")?.remove();
  });

  for (const select of document.querySelectorAll("select[data-pick]")) enhance(select);
  // One small form that was asked for by a key: ready to be typed into.
  document.querySelector("form[data-first] .field :is(input, textarea, select)")?.focus();
})();
