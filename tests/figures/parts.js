// What each part of the Web layer costs a Run that uses it: the time of its start, and the memory that it
// does not share. All parts take turns, so that a busy moment falls on each of them.
//
//   cargo build --release && HXLAB=target/release/hxlab node tests/figures/parts.js

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { family, privateDirty } from "./processes.js";
import { Visitor } from "./visitor.js";

const ROUNDS = 20;
/** Milliseconds after which a Run's start is over, the end of the one before and the next process in reserve too. */
const SETTLED = 200;
const HXLAB = process.env.HXLAB ?? "target/release/hxlab";
const SITE = "hxlab.localhost";
const LESSON = "/lessons/a-websocket-in-html";

/** What a server does as it is loaded. */
const PARTS = {
  nothing: "",
  URL: `new URL("/a?b=1", "http://h").searchParams.get("b");`,
  "Request, Response, Headers": `new Response(new Request("http://h").url, { headers: { a: "b" } });`,
  "Blob, File, FormData": `new FormData().append("a", new File(["x"], "x.txt"));`,
  "text encoding": `new TextDecoder().decode(new TextEncoder().encode("ü"));`,
  streams: `new Response(new ReadableStream().pipeThrough(new TransformStream()));`,
  "events, abort": `new AbortController().signal.addEventListener("abort", () => {});`,
  structuredClone: `structuredClone({ a: [new Map()] });`,
  "digest, HMAC": `await crypto.subtle.digest("SHA-256", new Uint8Array(16));`,
  cookies: `new Bun.CookieMap("a=1").set("b", "2");`,
  console: `console.log({ a: [1, new Map()] });`,
  "hono/html": `import { html } from "hono/html"; String(html\`<p>\${1}</p>\`);`,
  hono: `import { Hono } from "hono"; new Hono().get("/", (c) => c.text("x"));`,
  "hono/jwt, hono/cookie": `import { sign } from "hono/jwt"; import { setCookie } from "hono/cookie"; await sign({}, "x");`,
};

const server = (use) => `${use}\nexport default { fetch: () => new Response("here") };\n`;

const folder = await mkdtemp(join(tmpdir(), "parts-"));
const child = spawn(HXLAB, ["serve", "--listen", "127.0.0.1:0", "--data", folder], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const [line] = await once(createInterface(child.stdout), "line");
  const results = await measure(Number(/:(\d+)\//.exec(line)[1]));
  print(results);
} finally {
  child.kill();
  await once(child, "exit");
  await rm(folder, { recursive: true, force: true });
}

async function measure(port) {
  const visitor = new Visitor(port);
  const page = await visitor.ask(SITE, LESSON);
  const cookie = page.headers["set-cookie"][0].split(";")[0];
  const headers = { cookie, origin: `http://${SITE}:${port}`, "content-type": "application/json" };
  const results = Object.fromEntries(Object.keys(PARTS).map((name) => [name, []]));
  let version = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, use] of Object.entries(PARTS)) {
      const files = { "server.js": `${server(use)}// ${round}\n` };
      const body = JSON.stringify({ version, files });
      const begun = performance.now();
      const run = await visitor.ask(SITE, `${LESSON}/run`, { method: "POST", headers, body });
      const time = performance.now() - begun;
      const told = JSON.parse(run.text);
      if (told.outcome !== "running") throw new Error(`${name}: ${run.text}`);
      version = told.version;
      results[name].push({ time, memory: await ownMemory() });
    }
  }
  visitor.leave();
  return results;
}

/** Kilobytes that the Run shares with nobody; the process in reserve has fewer. */
async function ownMemory() {
  // The Run before it is gone then.
  await setTimeout(SETTLED);
  const [, , ...processes] = await family(child.pid);
  return Math.max(...(await Promise.all(processes.map(privateDirty)))) / 1024;
}

function print(results) {
  const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
  const times = (name) => median(results[name].map(({ time }) => time));
  const memory = (name) => median(results[name].map((each) => each.memory));
  const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);
  row("a server that uses", "saved and started", "more than nothing", "own memory", "more");
  row("---", "---:", "---:", "---:", "---:");
  for (const name of Object.keys(PARTS)) {
    const more = `${(times(name) - times("nothing")).toFixed(2)} ms`;
    const moreMemory = `${memory(name) - memory("nothing")} kB`;
    row(name, `${times(name).toFixed(2)} ms`, more, `${memory(name)} kB`, moreMemory);
  }
}
