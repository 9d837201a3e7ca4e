// Pictures of the main states, for people to look at; nothing is compared. By name, size and theme in
// tests/inspection/pictures/, or in the folder named by the first argument; of all states, or of those named after it.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Stage } from "../browser/stage.js";
import { STATES } from "./states.js";

const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 320, height: 640 },
  // 1280 by 1024 pixels.
  "400%": { width: 320, height: 256 },
};

const [folder = join(import.meta.dirname, "pictures"), ...named] = process.argv.slice(2);
const isWanted = ([name]) => named.length === 0 || named.includes(name);
await mkdir(folder, { recursive: true });
const stage = await Stage.open();
let missing = 0;
try {
  for (const [name, reach] of Object.entries(STATES).filter(isWanted)) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of ["light", "dark"]) {
        const path = join(folder, `${name}, ${size}, ${colorScheme}.png`);
        if (!(await take(reach, { viewport, colorScheme }, path))) missing += 1;
      }
    }
  }
} finally {
  await stage.close();
}
console.log(`the pictures are in ${folder}`);
process.exitCode = missing > 0 ? 1 : 0;

async function take(reach, options, path) {
  const page = await stage.person(options);
  try {
    await reach(page, stage);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path });
    return true;
  } catch (error) {
    console.error(`${path}: ${error.message}`);
    return false;
  } finally {
    await page.context().close();
  }
}
