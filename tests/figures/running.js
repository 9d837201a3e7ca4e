// From sending a changed project to the first byte of its own server's page: saved, started, asked.

import { time } from "./row.js";
import { Visitor } from "./visitor.js";

const ROUNDS = 20;
const SITE = "hxlab.localhost";
const LESSON = "/lessons/a-websocket-in-html";

export async function running(stage) {
  const visitor = new Visitor(stage.server.port);
  const page = await visitor.ask(SITE, LESSON);
  const cookie = page.headers["set-cookie"][0].split(";")[0];
  const state = /<script[^>]*id="workbench-state"[^>]*>(.*?)<\/script>/s.exec(page.text);
  const { sandbox } = JSON.parse(state[1]);
  const sandboxName = new URL(sandbox.url).hostname;
  const { files } = JSON.parse((await visitor.ask(SITE, `${LESSON}/solution`)).text);
  const headers = { cookie, origin: stage.site, "content-type": "application/json" };

  let version = 0;
  const toRun = [];
  const toPage = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const changed = { ...files, "server.js": `${files["server.js"]}// ${round}\n` };
    const body = JSON.stringify({ version, files: changed });
    const pressed = performance.now();
    const run = await visitor.ask(SITE, `${LESSON}/run`, { method: "POST", headers, body });
    const preview = await visitor.ask(sandboxName, "/");
    if (run.status !== 200 || preview.status !== 200) throw new Error(run.text + preview.text);
    version = JSON.parse(run.text).version;
    toRun.push(run.begun - pressed);
    toPage.push(preview.begun - pressed);
  }
  visitor.leave();
  return [
    time("Run to “running” (saved on disk, process started)", toRun),
    time("Run to first byte of the preview, over HTTP", toPage, "< 50 ms"),
  ];
}
