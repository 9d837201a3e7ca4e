// What a learner at work takes of memory, processor and disk: an hour of deeds, played as fast as it goes.

import { readFile, readdir, stat } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Learner } from "./learner.js";
import { family, pss } from "./processes.js";

const LESSON = "/lessons/a-websocket-in-html";
const LEARNERS = 50;
/** An hour: a Run each minute, before each of which four saves, and after it three requests; a page every third. */
const RUNS = 60;
const SAVES = 4;
const REQUESTS = 3;
/** The kernel counts processor time in hundredths of a second. */
const TICKS = 100;
/** Until what was begun has come to rest. */
const REST_MS = 1500;

export async function sizes(stage) {
  await wait(REST_MS);
  const empty = await taken(stage);
  const learners = [];
  for (let count = 0; count < LEARNERS; count += 1) learners.push(await enter(stage));
  const begun = await taken(stage);
  await Promise.all(learners.map(hour));
  await wait(REST_MS);
  const ended = await taken(stage);
  for (const { leave } of learners) leave();
  const each = (what) => (ended[what] - begun[what]) / LEARNERS;
  const deeds = `${SAVES * RUNS} saves, ${RUNS} Runs, ${REQUESTS * RUNS} requests, ${RUNS / 3} pages`;
  return [
    row("hxlab before anybody comes (PSS)", megabytes(empty.memory)),
    row(
      `Memory of each of ${LEARNERS} learners at work`,
      megabytes((ended.memory - empty.memory) / LEARNERS),
    ),
    row(`Processor time of a learner's hour: ${deeds}`, `${each("processor").toFixed(2)} s`),
    row("Disk of that hour", megabytes(each("disk"))),
  ];
}

const row = (what, figure) => ({ what, figure, target: "" });
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/** Somebody whose server runs and whose page watches it. */
async function enter(stage) {
  const learner = await Learner.enter(stage, LESSON);
  await learner.run(learner.files);
  const headers = { host: learner.host, cookie: learner.cookie };
  const { port } = stage.server;
  const watching = request({ host: "127.0.0.1", port, path: `${LESSON}/live`, headers });
  watching.on("response", (feed) => feed.resume()).on("error", () => {});
  watching.end();
  const leave = () => {
    watching.destroy();
    learner.leave();
  };
  return { learner, leave };
}

async function hour({ learner }) {
  const { files } = learner;
  for (let minute = 0; minute < RUNS; minute += 1) {
    const changed = (save) => {
      const note = `// ${minute}:${save}\n`;
      return { ...files, "server.js": note + files["server.js"] };
    };
    for (let save = 1; save < SAVES; save += 1) await learner.keep(changed(save));
    await learner.run(changed(SAVES));
    for (let count = 0; count < REQUESTS; count += 1) await learner.preview();
    if (minute % 3 === 0) await learner.ask(LESSON);
  }
}

/** What all processes and the data folder take by now: bytes, seconds, bytes. */
async function taken({ server, folder }) {
  const pids = await family(server.pid);
  const seconds = await Promise.all(pids.map(processorTime));
  return {
    memory: await pss(pids),
    processor: seconds.reduce((a, b) => a + b, 0),
    disk: await size(folder),
  };
}

/** The processor time of a process and of those of its children that have ended. */
async function processorTime(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "latin1");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}

async function size(folder) {
  const names = (await readdir(folder)).filter((name) => name !== "hxlab.reserve");
  const stats = await Promise.all(names.map((name) => stat(join(folder, name))));
  return stats.reduce((sum, each) => sum + each.blocks * 512, 0);
}
