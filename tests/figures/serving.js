// Requests per second: a lesson's page beside nginx with the same bytes, while others write; what one costs that
// is drawn anew; and a learner's server beside Bun and Node.js with the same project.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Contender } from "./contender.js";
import { Learner } from "./learner.js";
import { inTurn, middle, milliseconds, perSecond, ratios } from "./pair.js";
import { processorTime } from "./processes.js";
import { inTurnByWrk, wrk } from "./wrk.js";

const LESSON = "/lessons/a-websocket-in-html";

/** How many learners ask in turn. */
const LEARNERS = 50;
/** How long the writer waits after each commit, in milliseconds: twenty commits in a second. */
const WRITES_EVERY = 50;

export async function pages(stage) {
  const learners = [];
  for (let count = 0; count < LEARNERS; count += 1) {
    const learner = await Learner.enter(stage, LESSON);
    await learner.keep(changed(learner, "begun"));
    learners.push(learner);
  }
  const [{ host, cookie }] = learners;
  const url = `http://127.0.0.1:${stage.server.port}${LESSON}`;
  const { text } = await learners[0].ask(LESSON);
  const nginx = await startNginx(text);
  const cookies = learners.map((learner) => learner.cookie);
  const writer = await Learner.enter(stage, LESSON);
  const rates = await beside(writing([writer, ...learners]), () =>
    inTurn(
      [
        { name: "again", measure: async () => (await wrk(url, { host, cookie })).perSecond },
        { name: "in turn", measure: () => inTurnByWrk(url, { host, cookies }) },
        {
          name: "nginx",
          measure: async () => (await wrk(`http://127.0.0.1:${nginx.port}/`)).perSecond,
        },
      ],
      ({ measure }) => measure(),
    ),
  );
  await nginx.stop();
  const kilobytes = Math.round(Buffer.byteLength(text) / 1000);
  const beside50 = (name) =>
    new Map([
      [name, rates.get(name)],
      ["nginx", rates.get("nginx")],
    ]);
  const rows = [
    ...ratios(
      `A lesson's page (${kilobytes} kB), ${LEARNERS} learners in turn who write in turn`,
      beside50("in turn"),
      perSecond,
      { nginx: "≥ 0.2" },
    ),
    ...ratios("… the same learner again", beside50("again"), perSecond, { nginx: "≥ 0.8" }),
    await drawnAnew(stage, learners),
  ];
  for (const learner of [writer, ...learners]) learner.leave();
  return rows;
}

/** The processor time of a compressed page that fifty learners ask for at once, after each of them has saved. */
async function drawnAnew(stage, learners) {
  const times = [];
  for (let round = 0; round < 10; round += 1) {
    for (const learner of learners) await learner.keep(changed(learner, `round ${round}`));
    const before = await processorTime(stage.server.pid);
    const gzip = { headers: { "accept-encoding": "gzip" } };
    await Promise.all(learners.map((learner) => learner.ask(LESSON, gzip)));
    times.push(((await processorTime(stage.server.pid)) - before) / learners.length);
  }
  return {
    what: "Processor time of a compressed page, drawn anew after a deed",
    figure: milliseconds(middle(times)),
    target: "≤ 0.5 ms",
  };
}

/** Has these learners save one after the other, twenty times a second, until it is told to stop. */
function writing(learners) {
  let goesOn = true;
  const done = (async () => {
    for (let count = 0; goesOn; count += 1) {
      const learner = learners[count % learners.length];
      await learner.keep(changed(learner, `write ${count}`));
      await setTimeout(WRITES_EVERY);
    }
  })();
  return async () => {
    goesOn = false;
    await done;
  };
}

async function beside(stop, measure) {
  const measured = await measure();
  await stop();
  return measured;
}

const changed = ({ files }, what) => ({
  ...files,
  "server.js": `${files["server.js"]}// ${what}\n`,
});

export async function answers() {
  const contenders = [Contender.ours("page"), Contender.bun("page"), Contender.node("page")];
  for (const contender of contenders) await contender.start();
  const rates = await inTurn(contenders, async ({ address }) => (await wrk(address)).perSecond);
  for (const contender of contenders) await contender.stop();
  const targets = { Bun: "≥ 0.25", "Node.js": "≥ 0.5" };
  return ratios("GET / of a learner's server", rates, perSecond, targets);
}

/** nginx from Debian's packages with one page, as its own documentation tunes it for static files. */
async function startNginx(page) {
  const port = 18_080;
  const nginx = new Contender("nginx", "nginx", "-p", "{folder}", "-c", "nginx.conf");
  nginx.settle = async (folder) => {
    await mkdir(join(folder, "pages"));
    await writeFile(join(folder, "pages/index.html"), page);
    await writeFile(join(folder, "nginx.conf"), settings(port));
  };
  nginx.listensAt = port;
  return nginx.start();
}

const settings = (port) => `
daemon off;
user root;
worker_processes auto;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  keepalive_requests 1000000000;
  types { text/html html; }
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
  uwsgi_temp_path tmp; scgi_temp_path tmp;
  server { listen 127.0.0.1:${port}; root pages; }
}
`;
