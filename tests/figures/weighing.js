// The compressed bytes of scripts on the wire, as Chromium receives them.

import { weight } from "./row.js";

export async function weighing(stage) {
  const reading = await scripts(stage, "/");
  const lesson = await scripts(stage, "/lessons/a-websocket-in-html");
  const typing = await scripts(stage, "/lessons/a-websocket-in-html", goToEditor);
  const isLibrary = ({ name }) => name === "htmx.js";
  const isEarly = ({ name }) => reading.some((each) => each.name === name);
  // Those before the first paint, or with it.
  const isEntry = ({ name }) => name === "workbench.js" || name === "layout.js";
  const own = reading.filter((each) => !isLibrary(each));
  const bench = lesson.filter((each) => !isEarly(each));
  const help = typing.filter((each) => !lesson.some(({ name }) => name === each.name));
  const encodings = [...new Set(lesson.map(({ encoding }) => encoding))].join(", ");
  return [
    weight("The site's own scripts on every page", sum(own), "≤ 15 kB"),
    weight(
      "… with the lesson page's first scripts",
      sum(own) + sum(bench.filter(isEntry)),
      "≤ 15 kB",
    ),
    weight("htmx beside them", sum(reading.filter(isLibrary))),
    weight(
      "Editor and workbench, after first paint",
      sum(bench.filter((each) => !isEntry(each))),
      "≤ 180 kB",
    ),
    weight("The editor's help, when it is first gone to", sum(help)),
    { what: "Encoding that Chromium got", figure: encodings, target: "" },
  ];
}

const sum = (list) => list.reduce((bytes, each) => bytes + each.bytes, 0);

const goToEditor = (page) => page.locator("[data-editor] .cm-content").click();

/** Every script that a page loads by itself, or after `act`: name, encoding, bytes of the whole answer. */
async function scripts(stage, path, act = () => {}) {
  const page = await stage.person();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const found = new Map();
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type !== "Script" || !response.url.startsWith(`${stage.site}/`)) return;
    const encoding = response.headers["content-encoding"] ?? "none";
    found.set(requestId, { name: new URL(response.url).pathname.split("/").at(-1), encoding });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const script = found.get(requestId);
    if (script) script.bytes = encodedDataLength;
  });
  await page.goto(`${stage.site}${path}`, { waitUntil: "networkidle" }).catch(() => {});
  await act(page);
  await page.waitForTimeout(1000);
  await page.context().close();
  return [...found.values()];
}
