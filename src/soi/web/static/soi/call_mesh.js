// Sound and picture straight between browsers: one connection to each other endpoint ("perfect negotiation").
// Of two endpoints the one with the smaller number calls: it makes the connection and names the session.
(() => {
  "use strict";
  const ways = (window.soiCallWays ||= {});
  const PICTURE_BITS = 150_000;
  const PATIENCE = 8_000; // an offer not answered, or a line not up: begin anew
  const REST = 700;
  const quiet = () => {};

  class Link {
    constructor(mesh, peer, session) {
      this.mesh = mesh;
      this.peer = peer;
      this.session = session;
      this.polite = mesh.me > peer.id;
      this.early = []; // candidates that came before the description
      this.found = []; // candidates of ours that wait to be sent together
      this.stream = new MediaStream();
      this.work = Promise.resolve();
      this.born = Date.now();
      const pc = (this.pc = new RTCPeerConnection({ iceServers: mesh.relays, bundlePolicy: "max-bundle" }));
      pc.onicecandidate = (event) => event.candidate && this.tellCandidate(event.candidate);
      pc.ontrack = (event) => {
        this.stream.addTrack(event.track);
        mesh.show(peer.id, this.stream);
      };
      pc.onnegotiationneeded = () => this.offer();
      pc.onconnectionstatechange = () => pc.connectionState === "failed" && mesh.again(this);
      if (!this.polite) for (const kind of ["audio", "video"]) pc.addTransceiver(kind, { direction: "inactive" });
    }

    tell(kind, body) {
      return this.mesh.send(this.peer.client, kind, { session: this.session, ...body });
    }

    tellCandidate(candidate) {
      this.found.push(candidate.toJSON());
      if (this.found.length > 1) return;
      setTimeout(() => this.tell("candidate", { candidates: this.found.splice(0) }).catch(quiet), 30);
    }

    // Sending follows the floor on both sides: who may not, sends nothing, and nobody receives it.
    direct() {
      const { may, publishers } = this.mesh;
      const hears = publishers.has(this.peer.id);
      const direction = may ? (hears ? "sendrecv" : "sendonly") : hears ? "recvonly" : "inactive";
      for (const line of this.pc.getTransceivers()) {
        const track = may ? this.mesh.track(line.receiver.track.kind) : null;
        if (line.sender.track !== track) line.sender.replaceTrack(track).then(() => this.slow(line.sender)).catch(quiet);
        if (line.direction !== direction && line.direction !== "stopped") line.direction = direction;
      }
    }

    slow(sender) {
      if (sender.track?.kind !== "video") return;
      const wishes = sender.getParameters();
      if (!wishes.encodings?.length) return;
      wishes.encodings[0].maxBitrate = PICTURE_BITS;
      sender.setParameters(wishes).catch(quiet);
    }

    async offer() {
      const pc = this.pc;
      if (this.resting || pc.signalingState === "closed") return;
      this.making = true;
      try {
        this.direct();
        await pc.setLocalDescription();
        if (pc.localDescription.type !== "offer") return;
        this.asked = Date.now();
        await this.tell("offer", { sdp: pc.localDescription.sdp });
      } catch (error) {
        // Refused: the floor has moved, or the other has left, while we asked. Take it back and ask a little later.
        if (error.status === 403) this.mesh.may = false;
        this.asked = 0;
        this.resting = setTimeout(() => {
          this.resting = 0;
          this.offer();
        }, REST);
        if (pc.signalingState === "have-local-offer") await pc.setLocalDescription({ type: "rollback" }).catch(quiet);
      } finally {
        this.making = false;
      }
    }

    hear(kind, body) {
      this.work = this.work.then(() => this.take(kind, body)).catch(() => this.mesh.again(this));
      return this.work;
    }

    async take(kind, body) {
      const pc = this.pc;
      if (kind === "candidate") {
        if (this.ignoring) return;
        if (!pc.remoteDescription) return void this.early.push(...body.candidates);
        for (const candidate of body.candidates) await pc.addIceCandidate(candidate).catch(quiet);
        return;
      }
      const collision = kind === "offer" && (this.making || pc.signalingState !== "stable");
      this.ignoring = !this.polite && collision;
      if (this.ignoring || (kind === "answer" && pc.signalingState !== "have-local-offer")) return;
      this.asked = 0; // answered, or taken back for the other's
      await pc.setRemoteDescription({ type: kind, sdp: body.sdp });
      for (const candidate of this.early.splice(0)) await pc.addIceCandidate(candidate).catch(quiet);
      if (kind === "answer") return;
      this.direct();
      await pc.setLocalDescription();
      await this.tell("answer", { sdp: pc.localDescription.sdp });
    }

    get isStuck() {
      const late = (since) => since && Date.now() - since > PATIENCE;
      const up = this.pc.connectionState === "connected";
      return late(this.asked) || (!up && late(this.born) && this.pc.connectionState !== "disconnected");
    }

    close() {
      clearTimeout(this.resting);
      this.pc.onnegotiationneeded = this.pc.onicecandidate = this.pc.ontrack = this.pc.onconnectionstatechange = null;
      this.pc.close();
      this.mesh.show(this.peer.id, null);
    }
  }

  ways.mesh = class {
    constructor({ relays, send, show }) {
      Object.assign(this, { relays, send, show, links: new Map(), publishers: new Set(), may: false, local: null });
    }

    track(kind) {
      return this.local?.getTracks().find((track) => track.kind === kind) || null;
    }

    update(state, local) {
      this.me = state.me;
      this.local = local;
      this.publishers = new Set(state.publishers);
      this.may = this.publishers.has(this.me);
      const here = new Map(state.peers.map((peer) => [peer.id, peer]));
      for (const [id, link] of this.links) if (here.get(id)?.client !== link.peer.client) this.drop(id);
      for (const peer of here.values()) if (this.me < peer.id && !this.links.has(peer.id)) this.call(peer);
      for (const link of this.links.values()) {
        if (link.isStuck) this.again(link);
        else link.direct();
      }
    }

    call(peer) {
      const link = new Link(this, peer, crypto.getRandomValues(new Uint32Array(2)).join("-"));
      this.links.set(peer.id, link);
      link.direct();
    }

    drop(id) {
      this.links.get(id)?.close();
      this.links.delete(id);
    }

    // Only the caller can begin anew; the other asks it to.
    again(link) {
      if (this.links.get(link.peer.id) !== link) return;
      this.drop(link.peer.id);
      if (link.polite) link.tell("bye", {}).catch(quiet);
      else this.call(link.peer);
    }

    hear({ from, client, kind, body }) {
      let link = this.links.get(from);
      if (kind === "bye") {
        if (link && !link.polite && link.session === body.session) this.again(link);
        return;
      }
      const mine = link?.session === body.session && link.peer.client === client;
      if (!mine && kind === "offer" && this.me > from) {
        this.drop(from);
        link = new Link(this, { id: from, client }, body.session);
        this.links.set(from, link);
      } else if (!mine) return;
      link.hear(kind, body);
    }

    close() {
      for (const id of [...this.links.keys()]) this.drop(id);
    }
  };
})();
