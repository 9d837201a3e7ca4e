// From sending a changed project to the first byte of its own server's page: saved, started, asked.

import { Learner } from "./learner.js";
import { time } from "./row.js";

const ROUNDS = 20;
const LESSON = "/lessons/a-websocket-in-html";

export async function running(stage) {
  const learner = await Learner.enter(stage, LESSON);
  const { files } = JSON.parse((await learner.ask(`${LESSON}/solution`)).text);
  const toRun = [];
  const toPage = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const changed = { ...files, "server.js": `${files["server.js"]}// ${round}\n` };
    const pressed = performance.now();
    const run = await learner.run(changed);
    const preview = await learner.preview();
    if (preview.status !== 200) throw new Error(preview.text);
    toRun.push(run.begun - pressed);
    toPage.push(preview.begun - pressed);
  }
  learner.leave();
  return [
    time("Run to “running” (saved on disk, process started)", toRun),
    time("Run to first byte of the preview, over HTTP", toPage, "< 50 ms"),
  ];
}
