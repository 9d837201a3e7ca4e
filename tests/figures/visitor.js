// A visitor without a browser: the site's and the sandboxes' names, all at one loopback port.

import { Agent, request } from "node:http";

export class Visitor {
  #agent = new Agent({ keepAlive: true });
  #port;
  #own;

  /** `from` is the address that a proxy names, where the server trusts one. */
  constructor(port, from) {
    this.#port = port;
    this.#own = from ? { "x-forwarded-for": from } : {};
  }

  /** The answer: status, headers, text, and when its first byte came by `performance.now()`. */
  async ask(host, path, options = {}) {
    for (;;) {
      try {
        return await this.#askOnce(host, path, options);
      } catch (error) {
        // The server closed an idle connection as it was used again; a browser asks once more, too.
        if (!error.wasIdle) throw error;
      }
    }
  }

  #askOnce(host, path, { method = "GET", headers = {}, body }) {
    const options = {
      agent: this.#agent,
      host: "127.0.0.1",
      port: this.#port,
      method,
      path,
      headers: { host: `${host}:${this.#port}`, ...this.#own, ...headers },
    };
    return new Promise((resolve, reject) => {
      const asked = request(options, async (answer) => {
        const begun = performance.now();
        const parts = [];
        for await (const part of answer) parts.push(part);
        const text = Buffer.concat(parts).toString();
        resolve({ status: answer.statusCode, headers: answer.headers, text, begun });
      });
      asked.once("error", (error) => {
        const wasIdle = asked.reusedSocket && error.code === "ECONNRESET";
        reject(Object.assign(error, { wasIdle }));
      });
      asked.end(body);
    });
  }

  leave() {
    this.#agent.destroy();
  }
}
