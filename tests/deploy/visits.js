// What must work through any proxy: each is a test of its own for each of them.

import assert from "node:assert/strict";
import { request } from "node:http";
import { request as requestByTls } from "node:https";
import { test } from "node:test";
import WebSocket from "ws";
import { say } from "../browser/steps/chat.js";
import { NAME, SOMEBODY } from "./site.js";

const SLUG = "a-websocket-in-html";
const MIB = 1024 * 1024;
/** More than Debian's nginx has connections for, unless it is told otherwise. */
const SOCKETS = 1000;

/** `now` gives the site once it is open. */
export function visits(now) {
  test("a learner's chat and the traffic beside it come as they happen", async () => {
    const lesson = await started(now());
    await say(lesson.preview, "Hello through the proxy");
    await lesson.preview.locator("#log").getByText("Hello through the proxy").waitFor();
    await lesson.wireRow("Hello through the proxy").first().waitFor();
  });

  test("a body as long as the limit comes through, and a longer one gets hxlab's own sentence", async () => {
    const lesson = await started(now());
    const sandbox = await opened(now(), await lesson.outside());
    assert.notEqual((await post(sandbox, "/", 8 * MIB)).status, 413);
    // The second is refused when much of it is under way still.
    for (const bytes of [8 * MIB + 1, 24 * MIB]) {
      const refused = await post(sandbox, "/", bytes);
      assert.equal(refused.status, 413);
      assert.match(refused.text, /8 MiB/);
    }
    // The site answers what it refuses before it has come. Where the connection then ended, one in five became a 502.
    for (let sent = 0; sent < 30; sent += 1) {
      const draft = await post(lesson.page, `/lessons/${SLUG}/draft`, 4 * MIB, "PUT");
      assert.equal(draft.status, 413);
      assert.match(draft.text, /At most 2 MiB/);
    }
  });

  test("hxlab knows from which address somebody comes, whatever they say", async () => {
    const lesson = await now().lesson(SLUG);
    const says = "(request, server) => new Response(server.requestIP(request).address)";
    await lesson.write("server.js", `export default { fetch: ${says} };`);
    await lesson.start();
    const { host } = new URL(await lesson.outside());
    assert.equal(await from(SOMEBODY, host), SOMEBODY);
    for (const [name, said] of [
      ["X-Forwarded-For", "203.0.113.9"],
      ["X-Forwarded-For", "203.0.113.9, 203.0.113.10"],
      ["Forwarded", "for=203.0.113.9"],
      ["X-Real-IP", "203.0.113.9"],
    ])
      assert.equal(await from(SOMEBODY, host, { [name]: said }), SOMEBODY, `${name}: ${said}`);
  });

  test("who comes by http is sent to https, at the same path", async () => {
    for (const host of [NAME, `abc.${NAME}`]) {
      const { statusCode, headers } = await plain(host, "/lessons?from=http");
      assert.ok([301, 308].includes(statusCode), `${statusCode}`);
      assert.equal(headers.location, `https://${host}/lessons?from=http`);
    }
  });

  test("a page comes with all the cookies that a browser may send", async () => {
    const { page } = await started(now());
    // Those of other sites of the same domain, and of pages that fill a browser with them.
    for (const [count, bytes] of [
      [11, 790],
      [40, 790],
      [99, 300],
    ]) {
      const cookies = Array.from({ length: count }, (_, number) => ({
        name: `other${number}`,
        value: "x".repeat(bytes),
        url: now().site,
      }));
      await page.context().addCookies(cookies);
      const answer = await page.goto(`${now().site}/lessons/${SLUG}`);
      assert.equal(answer.status(), 200, `${count} cookies of ${bytes} bytes`);
      await page.context().clearCookies({ name: /^other/ });
    }
  });

  test(`${SOCKETS} WebSockets are open at once`, async () => {
    const lesson = await started(now());
    const address = new URL("/chat", await lesson.outside());
    const sockets = [];
    while (sockets.length < SOCKETS)
      sockets.push(...(await Promise.all(Array.from({ length: 50 }, () => socket(address)))));
    const open = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN);
    for (const each of sockets) each.terminate();
    assert.equal(open.length, SOCKETS);
  });
}

async function started(site) {
  const lesson = await site.lesson(SLUG);
  await lesson.solve();
  await lesson.start();
  return lesson;
}

async function opened(site, address) {
  const context = await site.browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Sends so many bytes from a page to a path of its own origin. */
function post(page, path, bytes, method = "POST") {
  return page.evaluate(
    async (sent) => {
      const headers = { "Content-Type": "application/json", Accept: "application/json" };
      const body = new Blob([new Uint8Array(sent.bytes)]);
      const answer = await fetch(sent.path, { method: sent.method, headers, body });
      return { status: answer.status, text: await answer.text() };
    },
    { path, bytes, method },
  );
}

/** What a sandbox answers to somebody at this address. */
function from(localAddress, host, said = {}) {
  const headers = { host, ...said };
  // At / the project has a page.
  const where = { host: "127.0.0.1", port: 443, path: "/whence", servername: host };
  const options = { ...where, localAddress, headers };
  return new Promise((resolve, reject) => {
    const asked = requestByTls({ ...options, rejectUnauthorized: false }, async (answer) => {
      let text = "";
      for await (const part of answer) text += part;
      resolve(text);
    });
    asked.once("error", reject).end();
  });
}

function plain(host, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: 80, path, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer);
    });
    asked.once("error", reject).end();
  });
}

/** A WebSocket to the name that stands for this machine. */
function socket(address) {
  const url = `wss://127.0.0.1${address.pathname}`;
  const headers = { Host: address.host };
  const options = {
    headers,
    origin: address.origin,
    servername: address.host,
    rejectUnauthorized: false,
  };
  return new Promise((resolve, reject) => {
    const opening = new WebSocket(url, options);
    opening.once("open", () => resolve(opening)).once("error", reject);
  });
}
