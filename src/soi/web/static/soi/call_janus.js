// Sound and picture through Janus VideoRoom: this endpoint sends once, and takes one stream from each sender.
(() => {
  "use strict";
  const ways = (window.soiCallWays ||= {});
  const PLUGIN = "janus.plugin.videoroom";
  const WAIT = 10_000;
  const AGAIN = 800;
  const quiet = () => {};

  // The websocket: requests with their answers, and what comes unasked for a handle.
  class Wire {
    constructor(url, lost) {
      this.waiting = new Map();
      this.handles = new Map();
      this.ready = new Promise((ok, no) => {
        const socket = (this.socket = new WebSocket(url, "janus-protocol"));
        socket.onopen = ok;
        socket.onerror = no;
        socket.onclose = () => {
          clearInterval(this.beat);
          no(new Error("closed"));
          lost();
        };
        socket.onmessage = (event) => this.hear(JSON.parse(event.data));
      }).then(async () => {
        this.session = (await this.ask({ janus: "create" })).data.id;
        this.beat = setInterval(() => this.post({ janus: "keepalive" }), 20_000);
      });
    }

    post(message) {
      const transaction = crypto.getRandomValues(new Uint32Array(2)).join("");
      const whole = { ...message, transaction, ...(this.session ? { session_id: this.session } : {}) };
      if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(whole));
      return transaction;
    }

    ask(message) {
      return new Promise((ok, no) => {
        const transaction = this.post(message);
        const timer = setTimeout(() => this.waiting.delete(transaction) && no(new Error("timeout")), WAIT);
        this.waiting.set(transaction, (answer) => {
          clearTimeout(timer);
          const fault = answer.error || (answer.plugindata?.data?.error_code && answer.plugindata.data);
          if (fault) no(Object.assign(new Error(fault.reason || fault.error), { code: fault.code || fault.error_code }));
          else ok(answer);
        });
      });
    }

    hear(message) {
      if (message.janus === "ack") return;
      const answer = this.waiting.get(message.transaction);
      if (answer) {
        this.waiting.delete(message.transaction);
        answer(message);
      } else this.handles.get(message.sender)?.(message);
    }

    async attach(hear) {
      const handle = (await this.ask({ janus: "attach", plugin: PLUGIN })).data.id;
      this.handles.set(handle, hear);
      return {
        say: (body, jsep) => this.ask({ janus: "message", handle_id: handle, body, ...(jsep ? { jsep } : {}) }),
        trickle: (candidate) => this.post({ janus: "trickle", handle_id: handle, candidate: candidate ? candidate.toJSON() : { completed: true } }),
        detach: () => {
          this.handles.delete(handle);
          this.post({ janus: "detach", handle_id: handle });
        },
      };
    }

    close() {
      this.socket.onclose = null;
      clearInterval(this.beat);
      if (this.session) this.post({ janus: "destroy" });
      this.socket.close();
    }
  }

  ways.janus = class {
    constructor({ ticket, relays, show, line }) {
      Object.assign(this, { ticket, relays, show, line, watching: new Map(), local: null, state: null, closed: false });
      this.room = Number(ticket.room);
    }

    update(state, local) {
      this.state = state;
      this.local = local;
      this.settle();
    }

    // One step after another; what changed meanwhile is seen in the next round.
    settle() {
      if (this.busy) return void (this.once_more = true);
      this.busy = true;
      this.step()
        .then((done) => done || this.later())
        .catch(() => this.later())
        .finally(() => {
          this.busy = false;
          if (this.once_more) {
            this.once_more = false;
            this.settle();
          }
        });
    }

    later() {
      clearTimeout(this.timer);
      if (!this.closed) this.timer = setTimeout(() => this.settle(), AGAIN);
    }

    async step() {
      if (this.closed || !this.state) return true;
      if (!this.wire) {
        const wire = (this.wire = new Wire(this.ticket.websocket, () => this.lost(wire)));
        wire.ready.catch(() => this.lost(wire));
      }
      await this.wire.ready;
      this.line(true);
      const wanted = new Set(this.state.publishers);
      const own = await this.send(wanted.has(this.state.me));
      const others = new Map(this.state.peers.filter((peer) => wanted.has(peer.id)).map((peer) => [`${peer.id}:${peer.client}`, peer.id]));
      for (const [key, feed] of this.watching) if (!others.has(key) || feed.dead) this.unwatch(key);
      const seen = await Promise.all([...others].map(([key, id]) => this.watching.has(key) || this.watch(key, id).catch(() => false)));
      return own && seen.every(Boolean);
    }

    // Without the floor nothing leaves this machine; Janus mutes it besides, whatever a page does.
    async send(may) {
      if (!may && !this.sender) return true;
      if (may && !this.local) return true;
      try {
        if (!this.sender) await this.publish();
      } catch {
        this.unpublish();
        return false; // Janus has not heard yet that the floor is ours, or an old page of ours is still inside
      }
      for (const line of this.sender.pc.getTransceivers()) {
        const track = may ? this.local?.getTracks().find((each) => each.kind === line.kind) || null : null;
        if (line.sender.track !== track) await line.sender.replaceTrack(track);
      }
      return true;
    }

    connection(handle) {
      const pc = new RTCPeerConnection({ iceServers: this.relays, bundlePolicy: "max-bundle" });
      pc.onicecandidate = (event) => handle.trickle(event.candidate);
      return pc;
    }

    async publish() {
      const sender = (this.sender = { dead: false });
      const handle = (sender.handle = await this.wire.attach((message) => {
        const out = message.janus === "hangup" || message.janus === "detached" || message.plugindata?.data?.leaving === "ok";
        if (out && this.sender === sender) {
          this.unpublish();
          this.later();
        }
      }));
      const { pin, token } = this.ticket;
      await handle.say({ request: "join", ptype: "publisher", room: this.room, id: this.state.me, pin, token });
      const pc = (sender.pc = this.connection(handle));
      for (const kind of ["audio", "video"]) {
        const track = this.local.getTracks().find((each) => each.kind === kind);
        const line = pc.addTransceiver(track || kind, { direction: "sendonly" });
        line.kind = kind;
      }
      await pc.setLocalDescription();
      const answer = await handle.say({ request: "configure", audio: true, video: true }, { type: "offer", sdp: pc.localDescription.sdp });
      await pc.setRemoteDescription(answer.jsep);
    }

    unpublish() {
      const sender = this.sender;
      this.sender = null;
      sender?.handle?.detach();
      sender?.pc?.close();
    }

    async watch(key, id) {
      const feed = { id, dead: false };
      feed.handle = await this.wire.attach((message) => {
        if (message.janus === "hangup" || message.janus === "detached") {
          feed.dead = true;
          this.later();
        }
      });
      try {
        const offer = await feed.handle.say({ request: "join", ptype: "subscriber", room: this.room, pin: this.ticket.pin, streams: [{ feed: id }] });
        const pc = (feed.pc = this.connection(feed.handle));
        const stream = new MediaStream();
        pc.ontrack = (event) => {
          stream.addTrack(event.track);
          this.show(id, stream);
        };
        pc.onconnectionstatechange = () => {
          if (pc.connectionState !== "failed") return;
          feed.dead = true;
          this.later();
        };
        await pc.setRemoteDescription(offer.jsep);
        await pc.setLocalDescription();
        await feed.handle.say({ request: "start", room: this.room }, { type: "answer", sdp: pc.localDescription.sdp });
      } catch (error) {
        feed.handle.detach();
        feed.pc?.close();
        throw error;
      }
      this.watching.set(key, feed);
      return true;
    }

    unwatch(key) {
      const feed = this.watching.get(key);
      this.watching.delete(key);
      feed.handle.detach();
      feed.pc.close();
      if (![...this.watching.values()].some((each) => each.id === feed.id)) this.show(feed.id, null);
    }

    lost(wire) {
      if (this.wire !== wire || this.closed) return;
      this.wire = null;
      this.line(false);
      for (const key of [...this.watching.keys()]) this.unwatch(key);
      this.unpublish();
      this.later();
    }

    hear() {} // nothing travels between the pages themselves

    close() {
      this.closed = true;
      clearTimeout(this.timer);
      for (const key of [...this.watching.keys()]) this.unwatch(key);
      this.unpublish();
      this.wire?.ready.catch(quiet);
      this.wire?.close();
    }
  };
})();
