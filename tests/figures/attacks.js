// Whether the site lives while it is attacked, and how honest learners fare: `tests/attacks [SECONDS] [CLIENTS]
// [ATTACK]...`.

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Contender } from "./contender.js";
import { Learner } from "./learner.js";

const LESSON = "/lessons/a-websocket-in-html";
const ATTACKS = ["nobody", "downloads", "feeds", "bodies", "drafts", "runs"];
const HONEST = 50;
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

/** Reads the page and saves, again and again; gives the pages' times, and how often that failed. */
async function honest(from, signal) {
  const learner = await Learner.enter({ server, from }, LESSON);
  const seen = { times: [], failed: 0, saved: 0 };
  while (!signal.aborted) {
    try {
      const begun = performance.now();
      const { status } = await learner.ask(LESSON);
      if (status !== 200) throw new Error(`${status}`);
      seen.times.push(performance.now() - begun);
      await learner.keep({ ...learner.files, "note.txt": `${seen.saved}` });
      seen.saved += 1;
    } catch {
      seen.failed += 1;
    }
    await wait(1000);
  }
  learner.leave();
  return seen;
}

async function memory() {
  // Without the files that the kernel keeps: `anon` or, in older kernels' groups, `rss`.
  const stat = await readFile(`${group}/memory.stat`, "utf8");
  const [, bytes] = /^(?:anon|rss) (\d+)$/m.exec(stat);
  return Math.round(Number(bytes) / 1024 / 1024);
}

/** What is left so many seconds later. The site looks for memory to give back every five. */
async function after(later) {
  await wait(later * 1000);
  return memory();
}

/** `lag` is how late this process itself was, in milliseconds: where the machine has other work, pages seem slow. */
function report(name, all, peak, lag, alive) {
  const times = all.flatMap((one) => one.times).sort((a, b) => a - b);
  const sum = (part) => all.reduce((total, one) => total + one[part], 0);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Infinity;
  const lives = alive ? "lives" : "IS DEAD";
  const late = `(asked ${lag.toFixed(0)} ms late)`;
  const shown = `pages p99 ${p99.toFixed(0)} ms ${late}, ${sum("saved")} saves, ${sum("failed")} failed`;
  console.log(`${name.padEnd(10)} ${lives}; at most ${peak} MiB; ${shown}`);
}

await server.start();
let alive = true;
server.ended.then(() => (alive = false));
for (const name of chosen.length ? chosen : ATTACKS) {
  if (!alive) break;
  const before = await memory();
  const stop = new AbortController();
  const all = Array.from({ length: HONEST }, (_, number) =>
    honest(`203.0.113.${number}`, stop.signal),
  );
  // Attackers have machines of their own: here they take what is left.
  const argv = [
    "-n",
    "19",
    process.execPath,
    fileURLToPath(new URL("attackers.js", import.meta.url)),
    name,
    server.port,
    clients,
  ];
  const hostile = name === "nobody" ? undefined : spawn("nice", argv, { stdio: "inherit" });
  const lag = monitorEventLoopDelay();
  lag.enable();
  let peak = 0;
  for (let left = seconds; left > 0 && alive; left -= 1) {
    await wait(1000);
    peak = Math.max(peak, await memory());
  }
  stop.abort();
  hostile?.kill("SIGKILL");
  report(
    name,
    (await Promise.allSettled(all)).flatMap((it) => it.value ?? []),
    peak,
    lag.percentile(99) / 1e6,
    alive,
  );
  const soon = await after(12);
  console.log(
    `${" ".repeat(10)} ${before} MiB before it; ${soon} after 12 s, ${await after(78)} after 90 s`,
  );
}
if (!alive) process.exit(1);
await server.stop();
process.exit(0);
