// Memory of one idle server, and of one idle WebSocket client.

import { setTimeout as wait } from "node:timers/promises";
import { Contender, projectFiles } from "./contender.js";
import { Learner } from "./learner.js";
import { hold } from "./load.js";
import { inTurn, kilobytes, ratios } from "./pair.js";
import { family, pss, rss } from "./processes.js";

const CLIENTS = 5000;
const SERVERS = 20;
const LESSON = "/lessons/a-websocket-in-html";
/** Until what was opened has come to rest. */
const REST_MS = 1500;

/**
 * An idle server that has answered once: what each of twenty of ours adds to all processes, and what a peer's
 * process takes where it is the only one.
 */
export async function idleServers(stage) {
  const files = await projectFiles("page");
  const ours = async () => {
    const add = async () => {
      const learner = await Learner.enter(stage, LESSON);
      await learner.keep(files);
      await learner.preview();
      learner.leave();
    };
    const all = async () => pss(await family(stage.server.pid));
    await add();
    await wait(REST_MS);
    const before = await all();
    for (let each = 0; each < SERVERS; each += 1) await add();
    await wait(REST_MS);
    return ((await all()) - before) / SERVERS;
  };
  const theirs = (make) => async () => {
    const server = make("page");
    await server.start();
    await (await fetch(server.address)).text();
    await wait(REST_MS);
    const size = await pss([server.child.pid]);
    await server.stop();
    return size;
  };
  const contenders = [
    { name: "hxlab", measure: ours },
    { name: "Bun", measure: theirs(Contender.bun) },
    { name: "Node.js", measure: theirs(Contender.node) },
  ];
  const sizes = await inTurn(contenders, ({ measure }) => measure());
  const targets = { Bun: "≤ 0.04", "Node.js": "≤ 0.02" };
  return ratios("Memory of an idle server (PSS)", sizes, kilobytes, targets);
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
