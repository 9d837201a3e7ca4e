// From starting the program to its first answered page, asked for again and again until it comes.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { time } from "./row.js";
import { Visitor } from "./visitor.js";

const ROUNDS = 5;

export async function starting() {
  const fresh = [];
  const again = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = await mkdtemp(join(tmpdir(), "hxlab-"));
    fresh.push(await start(join(folder, "data")));
    again.push(await start(join(folder, "data")));
    await rm(folder, { recursive: true });
  }
  return [
    time("Start to first answered page, new data folder", fresh, "< 500 ms"),
    time("Start to first answered page, existing data", again, "< 500 ms"),
  ];
}

async function start(folder) {
  const port = await freePort();
  const visitor = new Visitor(port);
  const begun = performance.now();
  const flags = ["serve", "--listen", `127.0.0.1:${port}`, "--data", folder];
  const child = spawn(process.env.HXLAB, flags, { stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  const took = (await firstPage(visitor, child)) - begun;
  visitor.leave();
  child.kill("SIGTERM");
  await ended;
  return took;
}

async function firstPage(visitor, child) {
  while (child.exitCode === null) {
    const answer = await visitor.ask("hxlab.localhost", "/").catch(() => null);
    if (answer?.status === 200) return answer.begun;
    await wait(1);
  }
  throw new Error(`the program ended with ${child.exitCode}`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
