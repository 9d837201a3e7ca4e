// What means something of `process` in a sandbox, and what Bun says of itself.
import process, { env, nextTick, platform } from "node:process";

import { getRuntimeKey } from "hono/adapter";

const told = [];
process.on("SIGINT", () => told.push("interrupted"));
process.once("custom", (value) => told.push(value));

const routes = {
  "/facts": () => ({
    same: process === globalThis.process && env === process.env && env === Bun.env,
    facts: [
      platform,
      process.version,
      process.versions.bun,
      Bun.version,
      process.release.name,
      process.isBun,
    ],
    types: [
      "argv",
      "pid",
      "title",
      "arch",
      "execPath",
      "cwd",
      "uptime",
      "hrtime",
      "memoryUsage",
      "exit",
      "stdout",
    ].map((name) => typeof process[name]),
    tag: Object.prototype.toString.call(process),
  }),
  "/navigator": () => [
    [navigator.userAgent, navigator.platform, navigator.language, String(navigator)],
    [Object.keys(navigator), navigator.hardwareConcurrency > 0, getRuntimeKey()],
  ],
  "/clock": () => {
    const start = process.hrtime();
    const [seconds, nanoseconds] = process.hrtime(start);
    return [
      seconds,
      nanoseconds >= 0,
      typeof process.hrtime.bigint(),
      process.uptime() >= 0,
      process.memoryUsage().rss > 0,
      process.memoryUsage.rss() > 0,
    ];
  },
  "/listeners": () => [
    process.emit("custom", 1),
    process.emit("custom", 2),
    told,
    process.listenerCount("SIGINT"),
    process.on("exit", () => {}) === process,
  ],
  "/ticks": async () => {
    const seen = [];
    await new Promise((resolve) => {
      nextTick((...values) => seen.push(...values), "tick", 1);
      setTimeout(resolve, 5);
      seen.push("now");
    });
    return seen;
  },
  "/env": () => {
    env.ADDED = "here";
    const found = [env.ADDED, "ADDED" in env, env.NEVER ?? "unset", typeof env.PORT];
    delete env.ADDED;
    return [...found, "ADDED" in env];
  },
  "/written": () => [process.stdout.write("a line\n"), process.stderr.write("another\n")],
};

export default {
  port: process.env.PORT ?? 3000,
  async fetch(req) {
    return Response.json(await routes[new URL(req.url).pathname]());
  },
};
