// Whether the site lives while it is attacked, and how honest learners fare: `tests/attacks [SECONDS] [CLIENTS]
// [ATTACK]...`.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ATTACKS } from "./attacks/all.js";
import { NOTHING } from "./attacks/attacking.js";
import { Contender } from "./contender.js";
import { Honest } from "./honest.js";
import { percentile, verdict } from "./verdict.js";

const HONEST = 50;
/** The site looks for memory to give back every five seconds, and lets go of sandboxes where nobody is after twenty. */
const SETTLED_S = 90;
const LAG_MS = 10;
const [seconds = 60, clients = 100] = process.argv.slice(2, 4).map(Number);
const chosen = process.argv.slice(4);
const group = process.env.MEMORY_GROUP;

const inGroup = 'echo $$ > "$0/cgroup.procs" && exec "$@"';
// Servers that nobody uses sleep soon, so that what is left afterwards is not theirs.
// After four times that, a sandbox where nobody is goes.
const serve = ["serve", "--listen", "127.0.0.1:0", "--data", "{folder}", "--sleep-after", "5"];
// All come through a proxy, so that each has an address.
serve.push("--trusted-proxy", "127.0.0.1");
const server = new Contender("hxlab", "bash", "-c", inGroup, group, process.env.HXLAB, ...serve);

async function memory() {
  // Without the files that the kernel keeps: `anon` or, in older kernels' groups, `rss`.
  const stat = await readFile(`${group}/memory.stat`, "utf8");
  const [, bytes] = /^(?:anon|rss) (\d+)$/m.exec(stat);
  return Math.round(Number(bytes) / 1024 / 1024);
}

/** The attackers, in a process of their own; `end` gives what they did, as they said it last. */
function attackers(name) {
  // They have machines of their own: here they take what is left.
  const program = fileURLToPath(new URL("attackers.js", import.meta.url));
  const argv = ["-n", "19", process.execPath, program, name, server.port, clients];
  const child = spawn("nice", argv, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  return {
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    async end() {
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(patience);
      return said.trim().split("\n").at(-1) || NOTHING;
    },
  };
}

/** Honest learners alone, or beside an attack; what is broken and what is unclear, in sentences. */
async function round(name, { isJudged = true } = {}) {
  const before = await memory();
  const stop = new AbortController();
  const lag = monitorEventLoopDelay({ resolution: LAG_MS });
  const working = honest.work(stop.signal);
  const hostile = name === "nobody" ? null : attackers(name);
  lag.enable();
  let peak = 0;
  for (let left = seconds; left > 0 && !end; left -= 1) {
    await wait(1000);
    if (!end) peak = Math.max(peak, await memory());
  }
  lag.disable();
  const late = Math.max(0, lag.percentile(99) / 1e6 - LAG_MS);
  const wereOver = hostile?.isOver();
  const did = await hostile?.end();
  stop.abort();
  const seen = await working;
  const lost = end ? [] : await honest.lost();
  if (!end) await wait(SETTLED_S * 1000);
  const after = end ? 0 : await memory();
  const ended = end ?? (wereOver ? "the attackers ended before their time" : null);
  const pages = `pages p99 ${percentile(seen.times, 0.99).toFixed(0)} ms (asked ${late.toFixed(0)} ms late)`;
  const done = `${seen.saved} saves, ${seen.failures.length} failed, ${lost.length} lost`;
  console.log(`${name.padEnd(10)} ${end ? "IS DEAD" : "lives"}; ${pages}, ${done}`);
  console.log(
    `${" ".repeat(10)} ${before} MiB before it, at most ${peak}, ${after} ${SETTLED_S} s after it`,
  );
  if (did) console.log(`${" ".repeat(10)} attackers: ${did}`);
  const { faults, unclear } = verdict({
    ...seen,
    name,
    ended,
    isIdle: did === NOTHING,
    late,
    lost,
    before,
    after,
  });
  return isJudged ? { faults, unclear } : { faults: [], unclear: [] };
}

let end = null;
await server.start();
server.ended.then(([status, signal]) => (end = `hxlab ended by ${signal ?? status}`));
const honest = await Honest.enter(server, HONEST);
// A program that has served nobody yet has less memory than it ever has again. So the same learners work for as long
// as in each round, and rest for as long, before the first figure is taken: what is compared is a site in use.
console.log(`${HONEST} learners alone, before anything is judged:`);
await round("nobody", { isJudged: false });
const faults = [];
const unclear = [];
for (const name of chosen.length ? chosen : ["nobody", ...ATTACKS]) {
  if (end) break;
  const broken = await round(name);
  faults.push(...broken.faults);
  unclear.push(...broken.unclear);
}
if (end && faults.length === 0) faults.push(end);
for (const words of faults) console.error(`tests/attacks: BROKEN: ${words}`);
for (const words of unclear) console.error(`tests/attacks: NOT JUDGED: ${words}`);
const isDead = Boolean(end);
if (!isDead) await server.stop();
process.exit(faults.length + unclear.length > 0 ? 1 : 0);
