// Memory of one idle server, and of one idle WebSocket client.

import { setTimeout as wait } from "node:timers/promises";
import { Contender } from "./contender.js";
import { hold } from "./load.js";
import { inTurn, kilobytes, ratios } from "./pair.js";
import { family, pss, rss } from "./processes.js";

const CLIENTS = 5000;
/** Until what was opened has come to rest. */
const REST_MS = 1500;

/** A server that has answered once and waits: of ours the Run's own process. */
export async function idleServers() {
  const contenders = [Contender.ours("page"), Contender.bun("page"), Contender.node("page")];
  const sizes = await inTurn(contenders, async (contender) => {
    await contender.start();
    await (await fetch(contender.address)).text();
    await wait(REST_MS);
    const pids = await family(contender.child.pid);
    const size = await pss(contender.name === "hxlab" ? pids.slice(-1) : pids);
    await contender.stop();
    return size;
  });
  const targets = { Bun: "≤ 0.04", "Node.js": "≤ 0.02" };
  return ratios("Memory of one idle server (PSS)", sizes, kilobytes, targets);
}

/** What all processes of a server grow by, for each client. */
export async function idleClients() {
  const contenders = [Contender.ours("room"), Contender.bun("room"), Contender.node("room")];
  const sizes = await inTurn(contenders, async (contender) => {
    await contender.start();
    const leaveFirst = await hold(contender, 50);
    await wait(REST_MS);
    const before = await rss(await family(contender.child.pid));
    const leave = await hold(contender, CLIENTS);
    await wait(REST_MS);
    const after = await rss(await family(contender.child.pid));
    await Promise.all([leave(), leaveFirst()]);
    await contender.stop();
    return (after - before) / CLIENTS;
  });
  const targets = { Bun: "≤ 1.1", "Node.js": "≤ 0.5" };
  return ratios(
    `Memory of one idle WebSocket client of ${CLIENTS} (RSS)`,
    sizes,
    kilobytes,
    targets,
  );
}
