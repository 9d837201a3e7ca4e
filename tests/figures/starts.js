// From Run to a server's first response. Node.js and Bun are started as a person would start them, and
// asked until they answer; ours is asked once, and answers when its server is there.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { Contender, bun, project, projectFiles } from "./contender.js";
import { Learner } from "./learner.js";
import { inTurn, milliseconds, ratios } from "./pair.js";

const LESSON = "/lessons/a-websocket-in-html";
const ROUNDS = 20;

export async function starts(stage) {
  const files = await projectFiles("page");
  const ours = { name: "hxlab", measure: () => startOurs(stage, files) };
  const code = `${project("page")}/server.js`;
  const peers = [
    { name: "Bun", measure: () => startPeer(bun, [Contender.bun("page").argv[0], code]) },
    { name: "Node.js", measure: () => startPeer(process.execPath, Contender.node("page").argv) },
  ];
  const times = await inTurn([ours, ...peers], ({ measure }) => measure(), ROUNDS);
  const targets = { Bun: "≤ 0.15", "Node.js": "≤ 0.03" };
  return ratios("From Run to the first response", times, milliseconds, targets);
}

/** A sleeping sandbox's first request starts its Run: nothing else is in the way of it. */
async function startOurs(stage, files) {
  const learner = await Learner.enter(stage, LESSON);
  await learner.keep(files);
  const asked = performance.now();
  const answer = await learner.preview();
  if (answer.status !== 200) throw new Error(answer.text);
  learner.leave();
  return answer.begun - asked;
}

async function startPeer(program, argv) {
  const asked = performance.now();
  const child = spawn(program, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const [line] = await once(child.stdout, "data");
  const address = `${line}`.trim().replace(/^listening on /, "");
  const begun = await new Promise((done, failed) => {
    request(address, (answer) => {
      done(performance.now());
      answer.resume();
    })
      .once("error", failed)
      .end();
  });
  child.kill("SIGKILL");
  await ended;
  return begun - asked;
}
