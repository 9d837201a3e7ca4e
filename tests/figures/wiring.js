// The wire with as many rows as it lists, while 400 messages a second cross it: what a key in the editor waits for, how
// evenly the list scrolls, and how long a filter takes.

import { Lesson } from "../browser/steps/lesson.js";
import { time } from "./row.js";

const ROWS = 5000;
const KEYS = 100;
const KEY_MS = 60;
const SCROLLS = 60;
const FILLED_MS = 120_000;

// Each message is another text, so that none is folded.
const SERVER = `
  const word = () => Math.random().toString(36).replaceAll(/[\\d.]/g, "");
  let server;
  const page = "<!doctype html><title>Loud</title><h1>Loud</h1><script>new WebSocket('/loud')</script>";
  setInterval(() => {
    for (let n = 0; n < 4; n += 1) server?.publish("all", "<p>" + word() + " " + word() + "</p>".repeat(8));
  }, 10);
  export default {
    fetch(req, it) {
      server = it;
      if (it.upgrade(req)) return;
      return new Response(page, { headers: { "Content-Type": "text/html" } });
    },
    websocket: { open: (ws) => ws.subscribe("all"), message() {} },
  };
`;

export async function wiring(stage) {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  const quiet = await types(lesson);
  await lesson.write("server.js", SERVER);
  await lesson.start();
  await page.waitForFunction(
    (rows) => document.querySelectorAll("[data-wire-list] [role=option]").length >= rows,
    ROWS,
    { timeout: FILLED_MS, polling: 500 },
  );
  const { handled, drawn } = await types(lesson);
  const frames = await page.evaluate(scrolls, SCROLLS);
  const filtered = await page.evaluate(filters);
  await page.context().close();
  const beside = `beside 400 messages/s and ${ROWS} rows`;
  return [
    time("A key until it is dealt with, while nothing runs", quiet.handled),
    time(`A key until it is dealt with, ${beside}`, handled, "< 16 ms"),
    time("… until the next frame is drawn, which comes each 16.7 ms", drawn),
    time("A frame while the list scrolls", frames),
    time("A letter in the filter, with the layout that it costs", filtered),
  ];
}

async function types(lesson) {
  const { page } = lesson;
  await lesson.show("style.css");
  await lesson.editor.click();
  await page.evaluate(notesKeys);
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("a");
    await page.waitForTimeout(KEY_MS);
  }
  return page.evaluate(() => window.keys);
}

// For each key: when its task has ended, and when the frame behind it has been drawn.
function notesKeys() {
  window.keys = { handled: [], drawn: [] };
  const later = (act) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = act;
    port2.postMessage(null);
  };
  if (window.hearsKeys) return;
  window.hearsKeys = true;
  document.addEventListener(
    "keydown",
    ({ timeStamp }) => {
      const note = (list) => later(() => window.keys[list].push(performance.now() - timeStamp));
      note("handled");
      requestAnimationFrame(() => note("drawn"));
    },
    { capture: true },
  );
}

async function scrolls(count) {
  const list = document.querySelector("[data-wire-list]");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const times = [];
  list.scrollTop = 0;
  let before = await frame();
  for (let step = 1; step <= count; step += 1) {
    list.scrollTop = (step * list.scrollHeight) / count;
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return times;
}

function filters() {
  const field = document.querySelector("[data-wire-text]");
  return [..."abcdefgh", ""].map((text) => {
    const began = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    void document.querySelector("[data-wire-list]").scrollHeight;
    return performance.now() - began;
  });
}
