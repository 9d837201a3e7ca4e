// hxlab as the README starts it in public, and people who come to it through the proxy in front.

import { join } from "node:path";
import { chromium } from "playwright-core";
import { Lesson } from "../browser/steps/lesson.js";

export const NAME = "learn.example.org";
/** An address from which people come to the proxy. */
export const SOMEBODY = "192.0.2.7";
const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

/** A certificate for the site and all names below it, where the README's configurations look for one. */
export async function certify(place) {
  const folder = await place.cover("/etc/ssl");
  const names = `subjectAltName=DNS:${NAME},DNS:*.${NAME}`;
  const files = ["-keyout", join(folder, `${NAME}.key`), "-out", join(folder, `${NAME}.pem`)];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  // Without a file, because the folder of the machine's own is covered.
  const subject = ["-config", "/dev/null", "-subj", `/CN=${NAME}`, "-addext", names];
  await place.run("openssl", "req", ...kind, ...files, ...subject);
}

export class Site {
  static async open(place) {
    const site = new Site();
    const data = ["--data", join(place.folder, "data")];
    const settings = ["--site-url", `https://${NAME}`, "--trusted-proxy", "127.0.0.1"];
    // All people of these tests come from one address.
    const room = ["--connections-per-address", "2000"];
    await place.start(3000, process.env.HXLAB, "serve", ...settings, ...room, ...data);
    // Somebody else than the proxy itself, which is trusted.
    await place.run("ip", "address", "replace", SOMEBODY, "dev", "lo");
    const resolve = `--host-resolver-rules=MAP ${NAME} 127.0.0.1, MAP *.${NAME} 127.0.0.1`;
    const executablePath = "/usr/bin/chromium";
    site.browser = await chromium.launch({ executablePath, args: [...flags, resolve] });
    return site;
  }

  get site() {
    return `https://${NAME}`;
  }

  async lesson(slug) {
    const context = await this.browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return Lesson.open(page, this, slug);
  }

  close() {
    return this.browser.close();
  }
}
