// Saves the learner's project: soon after each change, when the tab is left, and before each Run.
//
// One request is under way at a time, so `version` is always the server's latest that we know. Until the
// server has acknowledged a text it is kept in this browser (keep.js). "state" events say how it stands:
// saved, waiting, saving, offline, delayed, refused, conflict. "placed" events give the sandbox's address, which a
// newcomer has from the first answer on.

import { sameFiles } from "./project.js";
import { request } from "./request.js";

const PAUSE_MS = 1000;
const KEEP_MS = 200;
const RETRY_MS = [2000, 4000, 8000, 15_000, 30_000];
// Browsers refuse larger bodies to requests that outlive the page.
const KEEPALIVE_LIMIT = 60_000;

export class Draft extends EventTarget {
  state = "saved";
  sentence = "";
  #revision = 0;
  #acknowledged = 0;
  #tries = 0;
  #turn = Promise.resolve();
  // The files of the save under way, and of the last one whose answer never came.
  #sent = null;
  #lost = null;

  constructor({ address, version, saved, project, keep }) {
    super();
    Object.assign(this, { address, version, saved, project, keep });
    project.addEventListener("change", () => this.#changed());
    window.addEventListener("online", () => this.dirty && this.save());
    window.addEventListener("blur", () => this.dirty && this.save());
    window.addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.#keepNow());
  }

  get dirty() {
    return this.#revision !== this.#acknowledged;
  }

  // True when the server has all that was typed up to now.
  async save() {
    if (this.state === "conflict") return false;
    const { ok } = await this.#inTurn(() =>
      this.dirty ? this.#send("PUT", "draft") : { ok: true },
    );
    return ok;
  }

  run() {
    return this.#inTurn(() => this.#send("POST", "run"));
  }

  check() {
    return this.#inTurn(() => this.#send("POST", "challenge"));
  }

  // Ends a conflict: what is here now goes on from the server's version.
  settle(version) {
    this.version = version;
    if (!this.dirty) this.#revision += 1;
    this.#become("waiting");
    return this.save();
  }

  // What it belongs to is there no longer.
  lose() {
    this.#become("refused", "it was deleted elsewhere");
    this.dispatchEvent(new Event("gone"));
  }

  // Resolves when no request is under way.
  async settled() {
    await this.#turn;
  }

  // The project is now exactly what the server holds.
  adopt(version, saved) {
    Object.assign(this, { version, saved });
    this.#acknowledged = this.#revision;
    this.keep.clear();
    this.#become("saved");
  }

  // What the server holds, when it is another version than ours; else null.
  async newer() {
    const body = { version: this.version, files: this.project.files };
    const { ok, status, answer } = await request("PUT", `${this.address}/draft`, body);
    if (ok) this.adopt(answer.version, answer.saved);
    return status === 409 ? answer : null;
  }

  #inTurn(act) {
    clearTimeout(this.saveTimer);
    this.#turn = this.#turn.then(act, act);
    return this.#turn;
  }

  async #send(method, path) {
    const revision = this.#revision;
    const { files } = this.project;
    if (this.dirty) this.#become("saving");
    this.#sent = files;
    const body = { version: this.version, files };
    const { ok, status, answer } = await request(method, `${this.address}/${path}`, body);
    if (ok) {
      this.#tries = 0;
      this.#sent = null;
      Object.assign(this, { version: answer.version, saved: answer.saved });
      if (answer.address) this.dispatchEvent(new CustomEvent("placed", { detail: answer.address }));
      this.#acknowledged = revision;
      if (this.dirty) this.#soon("waiting");
      else this.adopt(answer.version, answer.saved);
    } else if (status === 409) {
      return this.#conflict(method, path, answer);
    } else if (status === 0 || status >= 500) {
      this.#lost = files;
      this.#keepNow();
      const pause = RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)];
      if (this.dirty) this.#soon(status ? "delayed" : "offline", answer.error, pause);
    } else {
      this.#sent = null;
      this.#keepNow();
      if (status === 404) this.lose();
      else this.#become("refused", answer.error);
    }
    return { ok, status, answer, files };
  }

  // The server may hold a save of ours whose answer was lost: then there is nothing to settle.
  #conflict(method, path, answer) {
    const ours = this.#lost && sameFiles(this.#lost, answer.files);
    if (ours || sameFiles(answer.files, this.project.files)) {
      this.version = answer.version;
      this.#lost = null;
      return this.#send(method, path);
    }
    this.#keepNow();
    this.#become("conflict", answer.error);
    this.dispatchEvent(new CustomEvent("conflict", { detail: answer }));
    return { ok: false, status: 409, answer };
  }

  #changed() {
    this.#revision += 1;
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.#keepNow(), KEEP_MS);
    if (this.state !== "conflict") this.#soon("waiting");
  }

  #soon(state, sentence = "", pause = PAUSE_MS) {
    this.#become(state, sentence);
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(() => this.save(), pause);
  }

  #keepNow() {
    clearTimeout(this.keepTimer);
    if (!this.dirty) return;
    const { version, project } = this;
    this.keep.write({ version, files: project.files, sent: this.#sent, at: Date.now() });
  }

  #leave() {
    if (!this.dirty || this.state === "conflict") return this.#keepNow();
    const body = { version: this.version, files: this.project.files };
    this.#sent = body.files;
    this.#keepNow();
    if (JSON.stringify(body).length > KEEPALIVE_LIMIT) return undefined;
    return request("PUT", `${this.address}/draft`, body, { keepalive: true });
  }

  #become(state, sentence = "") {
    Object.assign(this, { state, sentence });
    this.dispatchEvent(new Event("state"));
  }
}
