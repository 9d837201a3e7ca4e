// The versions that are known of so far, by number: the newest ones are asked for again, older ones when they are wanted.

export class VersionList {
  #byNumber = new Map();
  more = false;

  constructor(request, address) {
    Object.assign(this, { request, address });
  }

  /** The newest first. */
  get all() {
    return [...this.#byNumber.values()].sort((a, b) => b.version - a.version);
  }

  get(number) {
    return this.#byNumber.get(number);
  }

  forget(number) {
    this.#byNumber.delete(number);
  }

  /** Asks for the newest ones. Gives a sentence where that fails. */
  async renew() {
    const { ok, answer } = await this.request("GET", `${this.address}/versions`);
    if (!ok) return answer.error;
    const oldest = answer.versions.at(-1)?.version ?? 0;
    // Where others come between, the list begins anew, so that it has no gap. Those of this part may have been thinned.
    const isAnew = oldest > (this.all[0]?.version ?? 0);
    for (const number of this.#byNumber.keys()) {
      if (isAnew || number >= oldest) this.#byNumber.delete(number);
    }
    const isWhole = this.#byNumber.size === 0;
    this.#take(answer);
    if (isWhole) this.more = answer.more;
    return null;
  }

  /** Asks for older ones. Gives a sentence where that fails. */
  async older() {
    const before = this.all.at(-1)?.version;
    const { ok, answer } = await this.request("GET", `${this.address}/versions?before=${before}`);
    if (!ok) return answer.error;
    this.#take(answer);
    this.more = answer.more;
    return null;
  }

  #take({ versions }) {
    for (const each of versions) this.#byNumber.set(each.version, each);
  }
}
