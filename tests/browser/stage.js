// The stage for tests in Chromium: a server of its own with an empty data folder, one browser, and
// people who each have cookies and storage of their own.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { start } from "./server.js";

// Chromium without a window: its pages are the same, for a quarter less processor time.
const executablePath = "/usr/bin/chromium-headless-shell";

const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export class Stage {
  /** Settings are flags of `hxlab serve`. */
  static open(...settings) {
    return Stage.of("127.0.0.1", "hxlab.localhost", settings);
  }

  /** A site that has this address and no name. */
  static at(address, ...settings) {
    return Stage.of(address, address, settings);
  }

  static async of(address, host, settings) {
    const stage = new Stage();
    Object.assign(stage, { host, settings, visits: [] });
    stage.folder = await mkdtemp(join(tmpdir(), "hxlab-"));
    stage.server = await stage.serve(`${address}:0`);
    stage.browser = await chromium.launch({ executablePath, args: flags });
    return stage;
  }

  /** The site's origin. */
  get site() {
    return `http://${this.host}:${this.server.port}`;
  }

  /**
   * A page of somebody new. What goes wrong in it is kept in `page.faults`, what its policy refused in
   * `page.blocked`, what it asked of other machines in `page.strangers`.
   */
  async person(options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    this.visits.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.faults = [];
    page.blocked = [];
    page.strangers = [];
    page.on("pageerror", (error) => page.faults.push(String(error)));
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) page.blocked.push(message.text());
    });
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      const local = hostname === this.host || hostname.endsWith(`.${this.host}`);
      if (protocol.startsWith("http") && !local) page.strangers.push(request.url());
    });
    return page;
  }

  /** Everybody leaves, after each test: a page that stays goes on with its previews, streams and timers. */
  async clear() {
    await Promise.all(this.visits.splice(0).map((visit) => visit.close()));
  }

  /** Ends the server as its owner would and starts it again on the same port and data. */
  async restart() {
    const code = await this.server.stop();
    this.server = await this.serve(`127.0.0.1:${this.server.port}`);
    return code;
  }

  serve(listen) {
    return start("serve", "--listen", listen, "--data", this.folder, ...this.settings);
  }

  async close() {
    await this.browser?.close();
    await this.server?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
