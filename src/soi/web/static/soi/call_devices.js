// Camera and microphone of this machine: asked for, chosen before joining with a preview, remembered in this browser.
window.soiCallDevices = (root, word) => {
  "use strict";
  const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 20 } };
  const SOUND = { echoCancellation: true, noiseSuppression: true };
  const NONE = "none";
  const panel = root.querySelector("[data-call-choose]");
  const part = (name) => root.querySelector(`[data-call-${name}]`);
  const picks = { audio: part("pick-mic"), video: part("pick-camera") };
  const usable = !!navigator.mediaDevices?.getUserMedia;
  let preview = null;
  let turn = 0;

  // A browser that keeps nothing still lets one choose for this visit.
  const kept = {};
  function remember(kind, id) {
    kept[kind] = id;
    try { localStorage.setItem(`soi-call-${kind}`, id); } catch { /* private window */ }
  }
  function chosen(kind) {
    if (kind in kept) return kept[kind];
    try { return localStorage.getItem(`soi-call-${kind}`) || ""; } catch { return ""; }
  }

  // "ideal": a camera that was unplugged since gives way to whatever the machine has.
  const wish = (kind, plain) => (chosen(kind) ? { ...plain, deviceId: { ideal: chosen(kind) } } : plain);

  async function open() {
    const sound = wish("audio", SOUND);
    const wishes = chosen("video") === NONE ? [{ audio: sound }] : [{ audio: sound, video: wish("video", PICTURE) }, { audio: sound }];
    for (const one of wishes) {
      try {
        return await navigator.mediaDevices.getUserMedia(one);
      } catch { /* without a camera: sound alone */ }
    }
    return null;
  }

  // ---- the choice ------------------------------------------------------------------------------
  const say = (name) => (part("choose-say").textContent = word(name));

  function option(value, label) {
    const found = document.createElement("option");
    found.value = value;
    found.textContent = label;
    return found;
  }

  // Without leave the browser tells how many there are, and neither name nor number of any.
  async function list() {
    const devices = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.deviceId && one.deviceId !== "default");
    for (const [kind, pick] of Object.entries(picks)) {
      const found = devices.filter((one) => one.kind === `${kind}input`);
      const rows = found.map((one, place) => option(one.deviceId, one.label || `${pick.dataset.name} ${place + 1}`));
      const first = [option("", word("tUsual")), ...(kind === "video" ? [option(NONE, word("tNoCamera"))] : [])];
      pick.replaceChildren(...first, ...rows);
      pick.value = chosen(kind);
      if (pick.selectedIndex < 0) pick.value = "";
    }
  }

  async function look() {
    const mine = ++turn;
    stop();
    if (!usable) return void say("tNoHttps");
    const stream = await open();
    // Closed, joined or chosen anew while the browser asked for leave.
    if (mine !== turn) return void release(stream);
    preview = stream;
    const video = part("preview");
    video.srcObject = stream;
    video.hidden = !stream?.getVideoTracks().length;
    say(stream ? (stream.getVideoTracks().length ? "tChoose" : "tChooseSound") : "tNoMedia");
    await list();
  }

  const release = (stream) => stream?.getTracks().forEach((track) => track.stop());
  function stop() {
    release(preview);
    preview = null;
    part("preview").srcObject = null;
    part("preview").hidden = true;
  }

  function rest() {
    turn += 1;
    stop();
    panel.open = false;
  }

  panel.addEventListener("toggle", () => (panel.open ? look() : rest()));
  for (const [kind, pick] of Object.entries(picks)) {
    pick.addEventListener("change", () => {
      remember(kind, pick.value);
      look();
    });
  }
  navigator.mediaDevices?.addEventListener?.("devicechange", () => panel.open && list());
  return { open, rest, usable };
};
