// The stage for tests in Firefox: a server of its own with an empty data folder, one browser, and people who each have
// cookies and storage of their own.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { start } from "../browser/server.js";

// A name that no DNS knows (RFC 6761). Browsers do not trust it, as they do not trust an address of a class's network.
const PLAIN_HOST = "hxlab.test";

const PREFERENCES = { "network.dns.localDomains": PLAIN_HOST, "ui.prefersReducedMotion": 1 };

export class Stage {
  /** A site at names that browsers trust. */
  static open() {
    return Stage.of("hxlab.localhost", []);
  }

  /** A site on plain http with ports for sandboxes. */
  static plain() {
    const settings = ["--site-url", `http://${PLAIN_HOST}:0`, "--preview-ports", "23000-23999"];
    return Stage.of(PLAIN_HOST, settings);
  }

  static async of(host, settings) {
    const stage = new Stage();
    stage.folder = await mkdtemp(join(tmpdir(), "hxlab-"));
    const where = ["--listen", "127.0.0.1:0", "--data", stage.folder];
    stage.server = await start("serve", ...where, ...settings);
    stage.site = `http://${host}:${stage.server.port}`;
    stage.browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: "/usr/bin/firefox-esr",
      extraPrefsFirefox: PREFERENCES,
    });
    return stage;
  }

  /** A page of somebody new. What goes wrong in it is kept in `page.faults`. */
  async person() {
    const context = await this.browser.createBrowserContext();
    return Stage.tab(context);
  }

  /** One more page of somebody. */
  static async tab(context) {
    const page = await context.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    page.setDefaultTimeout(20_000);
    page.faults = [];
    page.on("pageerror", (error) => page.faults.push(String(error)));
    return page;
  }

  async close() {
    await this.browser?.close();
    await this.server?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
