// Builds: something slow with an end. While a build runs, the page that started it watches it in a stream of its own.
import { html } from "hono/html";
import { asEvent, EVENT_STREAM } from "./notifications.js";

const HTML = { "Content-Type": "text/html; charset=utf-8" };
const builds = new Map();
let number = 100;

export function startBuild() {
  const build = { number: ++number, percent: 0 };
  builds.set(String(build.number), build);
  work(build);
  return new Response(watcher(build).toString(), { headers: HTML });
}

function watcher({ number }) {
  return html`
    <p
      sse-connect="/builds/${number}"
      sse-swap="progress"
    >Build ${number} begins …</p>
  `;
}

async function work(build) {
  while (build.percent < 100) {
    await Bun.sleep(500);
    build.percent += 25;
  }
}

export function watchBuild(req) {
  const build = builds.get(req.params.number);
  if (!build) return new Response("There is no such build.", { status: 404 });
  return new Response(progressOf(build), { headers: EVENT_STREAM });
}

async function* progressOf(build) {
  yield "retry: 1000\n\n";
  for (let told = -1; told < 100; await Bun.sleep(100)) {
    if (told === build.percent) continue;
    told = build.percent;
    yield asEvent({ event: "progress", data: `Build ${build.number}: ${told} %` });
  }
}
