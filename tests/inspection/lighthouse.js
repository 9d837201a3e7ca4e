// What Lighthouse says of a lesson on a phone: its four scores and the layout shift, each beside what it is held to.

import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { Stage } from "../browser/stage.js";

const SLUG = "a-websocket-in-html";
const PORT = 9517;
const LEAST = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };

const stage = await Stage.open();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", `--remote-debugging-port=${PORT}`],
});
let isMissed = false;
try {
  const { lhr } = await lighthouse(`${stage.site}/lessons/${SLUG}`, { port: PORT });
  for (const [name, least] of Object.entries(LEAST)) {
    const score = Math.round(100 * lhr.categories[name].score);
    show(`Lighthouse, a lesson on a phone: ${name}`, score, `≥ ${least}`, score >= least);
  }
  const shift = lhr.audits["cumulative-layout-shift"].numericValue;
  show("… layout shift", shift, "0", shift === 0);
} finally {
  await browser.close();
  await stage.close();
}
process.exitCode = isMissed ? 1 : 0;

function show(what, figure, target, isKept) {
  isMissed ||= !isKept;
  console.log(`${what}\t${figure}\t${target}${isKept ? "" : "\tmissed"}`);
}
