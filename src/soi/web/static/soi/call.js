// The panel of sound and picture: joins for a site, tells the server that it is still there, and does what the floor says.
(() => {
  "use strict";
  const root = document.querySelector("[data-call]");
  if (!root) return;
  const part = (name) => root.querySelector(`[data-call-${name}]`);
  const word = (name) => root.dataset[name] || "";
  const token = () => document.querySelector("meta[name=csrf-token]")?.content || root.dataset.csrf || "";
  const devices = window.soiCallDevices(root, word);
  const PULSE = 5_000;
  const FAST = 500; // when no event stream wakes this page
  const SLOW = 4_000;
  const OVERLAP = 50; // messages may become visible out of their order

  let joined = null; // { client, way, local, last, seen, state }
  let fetching = false;
  let again = false;
  let woken = false;
  const timers = {};

  async function post(path, body, keepalive = false) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
    const answer = await fetch(root.dataset.call + path, { method: "POST", headers, body: JSON.stringify(body), keepalive, redirect: "error" });
    return read(answer);
  }

  async function read(answer) {
    const data = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(data.sentence || ""), { status: answer.status });
    return data;
  }

  // ---- what is shown ---------------------------------------------------------------------------
  const say = (text) => (part("say").textContent = text);
  const show = (name, on) => (part(name).hidden = !on);
  function line(kind) {
    root.classList.toggle("is-in", kind === "in");
    root.classList.toggle("is-lost", kind === "lost");
    part("line").textContent = word({ out: "tOut", joining: "tJoining", in: "tIn", lost: "tLost" }[kind]);
  }

  function air(state) {
    const live = !!state && state.publishers.includes(state.me);
    root.classList.toggle("is-live", live);
    show("air", !!state);
    if (!state) return;
    part("air").textContent = word(live ? "tLive" : "tQuiet");
    if (joined.local) say(word(live ? "tLiveSay" : "tQuietSay"));
  }

  function tile(id, stream) {
    const tiles = part("tiles");
    let figure = tiles.querySelector(`[data-endpoint="${id}"]`);
    if (!stream) return void figure?.remove();
    if (!figure) {
      figure = document.createElement("figure");
      figure.className = "call-tile";
      figure.dataset.endpoint = id;
      const video = document.createElement("video");
      video.autoplay = video.playsInline = true;
      figure.append(video, document.createElement("figcaption"));
      tiles.append(figure);
    }
    const video = figure.querySelector("video");
    if (video.srcObject !== stream) video.srcObject = stream;
    video.play().catch(() => {
      say(word("tPress"));
      figure.onclick = () => video.play().catch(() => {});
    });
    label();
  }

  // Only those who have the floor are shown; the others' tiles wait behind.
  function label() {
    if (!joined?.state) return;
    const names = new Map(joined.state.peers.map((peer) => [peer.id, peer.name]));
    for (const figure of part("tiles").querySelectorAll("[data-endpoint]")) {
      const id = Number(figure.dataset.endpoint);
      figure.hidden = !joined.state.publishers.includes(id);
      figure.querySelector("figcaption").textContent = names.get(id) || "";
    }
  }

  // ---- camera and microphone -------------------------------------------------------------------
  async function media() {
    devices.rest();
    if (!devices.usable) return say(word("tNoHttps")), null;
    const stream = await devices.open();
    if (!stream) say(word("tNoMedia"));
    return stream;
  }

  function toggle(name, kind, on, off) {
    const tracks = (joined?.local?.getTracks() || []).filter((track) => track.kind === kind);
    const quiet = part(name).getAttribute("aria-pressed") !== "true";
    for (const track of tracks) track.enabled = !quiet;
    part(name).setAttribute("aria-pressed", String(quiet));
    part(name).textContent = word(quiet ? on : off);
  }

  // ---- joining and leaving ---------------------------------------------------------------------
  async function join(take_over) {
    part("join").disabled = part("take").disabled = true;
    line("joining");
    const local = await media();
    try {
      begin(await post("vao/", { take_over }), local);
    } catch (fault) {
      for (const track of local?.getTracks() || []) track.stop();
      line("out");
      say(fault.message || word("tFailed"));
      // Only a place that somebody else holds can be taken over.
      show("take", fault.status === 409 && !take_over);
    }
    part("join").disabled = part("take").disabled = false;
  }

  function begin(answer, local) {
    const Way = window.soiCallWays[answer.kind];
    const { client, ticket, relays } = answer;
    const send = (to, kind, body) => post("tin-hieu/", { client, to, kind, body });
    joined = { client, local, last: 0, seen: new Set() };
    joined.way = new Way({ ticket, relays, send, show: tile, line: (up) => joined && line(up ? "in" : "lost") });
    const own = part("own");
    own.querySelector("video").srcObject = local;
    show("own", !!local);
    for (const name of ["join", "take", "choose"]) show(name, false);
    show("leave", true);
    show("mic", !!local?.getAudioTracks().length);
    show("camera", !!local?.getVideoTracks().length);
    line("in");
    apply(answer.state);
    timers.pulse = setInterval(pulse, PULSE);
    look();
  }

  function end(sentence) {
    if (!joined) return;
    for (const name of Object.keys(timers)) clearTimeout(timers[name]), clearInterval(timers[name]);
    joined.way.close();
    for (const track of joined.local?.getTracks() || []) track.stop();
    part("own").querySelector("video").srcObject = null;
    for (const figure of part("tiles").querySelectorAll("[data-endpoint]")) figure.remove();
    joined = null;
    air(null);
    for (const name of ["own", "leave", "mic", "camera"]) show(name, false);
    for (const name of ["join", "choose"]) show(name, true);
    line("out");
    say(sentence || "");
  }

  function leave() {
    const client = joined?.client;
    end(word("tOut"));
    if (client) post("roi/", { client }, true).catch(() => {});
  }

  // ---- the server's word -----------------------------------------------------------------------
  function apply(state) {
    joined.state = state;
    air(state);
    joined.way.update(state, joined.local);
    label();
  }

  const fault = (error) => {
    // Another page took the place, the room was closed, or the sign-in has ended: this page is out.
    if ([401, 403, 404, 409].includes(error.status)) end(error.message || word("tFailed"));
    else if (joined) line("lost");
  };

  async function pulse() {
    if (joined) await post("nhip/", { client: joined.client }).catch(fault);
  }

  async function look() {
    clearTimeout(timers.look);
    if (!joined) return;
    if (fetching) return void (again = true);
    fetching = true;
    const { client, last } = joined;
    try {
      const query = new URLSearchParams({ client, sau: Math.max(0, last - OVERLAP) });
      const answer = await read(await fetch(`${root.dataset.call}tin-hieu/?${query}`, { headers: { Accept: "application/json" }, redirect: "error" }));
      if (joined?.client === client) take(answer);
    } catch (error) {
      fault(error);
    }
    fetching = false;
    if (!joined) return;
    timers.look = setTimeout(look, again ? 0 : pace());
    again = false;
  }

  function take({ signals, state }) {
    if (root.classList.contains("is-lost") && joined.way.constructor !== window.soiCallWays.janus) line("in");
    apply(state);
    for (const signal of signals) {
      if (joined.seen.has(signal.id)) continue;
      joined.seen.add(signal.id);
      joined.last = Math.max(joined.last, signal.id);
      joined.way.hear(signal);
    }
  }

  // The event stream wakes this page; while it is down, or where there is none, it looks by itself.
  const pace = () => (woken && !document.documentElement.classList.contains("is-lost") ? SLOW : FAST);
  for (const name of ["soi:live", "soi:signal"]) {
    document.addEventListener(name, () => {
      woken = true;
      look();
    });
  }

  // On the page of the lines: the list as it stands now, unless somebody is about to tick something in it.
  const lines = document.querySelector("[data-call-lines]");
  async function renew() {
    if (lines.contains(document.activeElement) || document.hidden) return;
    const answer = await fetch(location.pathname, { redirect: "error" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-call-lines]");
    if (fresh) lines.replaceChildren(...fresh.childNodes);
  }
  if (lines) setInterval(() => renew().catch(() => {}), PULSE);

  part("join").addEventListener("click", () => join(false));
  part("take").addEventListener("click", () => join(true));
  part("leave").addEventListener("click", leave);
  part("mic").addEventListener("click", () => toggle("mic", "audio", "tMicOn", "tMicOff"));
  part("camera").addEventListener("click", () => toggle("camera", "video", "tCameraOn", "tCameraOff"));
  window.addEventListener("pagehide", leave);
})();
