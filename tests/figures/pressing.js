// From pressing Run in Chromium to the first byte of the document in the preview.

import { Lesson } from "../browser/steps/lesson.js";
import { time } from "./row.js";

const ROUNDS = 20;

export async function pressing(stage) {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await page.evaluate(() => {
    const note = () => (window.pressed = performance.timeOrigin + performance.now());
    document.querySelector("[data-run]").addEventListener("click", note, { capture: true });
  });
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const loaded = page.waitForEvent("requestfinished", (request) => isPreview(request, page));
    await lesson.run.click();
    const { startTime, responseStart } = (await loaded).timing();
    times.push(startTime + responseStart - (await page.evaluate(() => window.pressed)));
    await lesson.preview.locator("#say").waitFor();
  }
  await page.context().close();
  return [time("Run pressed to first byte of the preview, in Chromium", times)];
}

const isPreview = (request, page) =>
  request.isNavigationRequest() && request.frame() !== page.mainFrame();
