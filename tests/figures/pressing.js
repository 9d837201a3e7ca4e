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
    const loaded = page.waitForEvent("framenavigated", (frame) => frame !== page.mainFrame());
    await lesson.run.click();
    const frame = await loaded;
    const firstByte = await frame.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation");
      return performance.timeOrigin + navigation.responseStart;
    });
    times.push(firstByte - (await page.evaluate(() => window.pressed)));
  }
  await page.context().close();
  return [time("Run pressed to first byte of the preview, in Chromium", times)];
}
