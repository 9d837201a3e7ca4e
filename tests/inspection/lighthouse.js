// What Lighthouse says of the main pages on a phone: its four scores and the layout shift, each beside what it is held to.

import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { Stage } from "../browser/stage.js";

const PAGES = {
  "a lesson": "/lessons/a-websocket-in-html",
  "the course": "/",
  "the playground": "/play",
};
const PORT = 9517;
const LEAST = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };

const stage = await Stage.open();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", `--remote-debugging-port=${PORT}`],
});
let isMissed = false;
try {
  for (const [name, path] of Object.entries(PAGES)) await judge(name, stage.site + path);
} finally {
  await browser.close();
  await stage.close();
}
process.exitCode = isMissed ? 1 : 0;

async function judge(name, address) {
  const { lhr } = await lighthouse(address, { port: PORT });
  for (const [kind, least] of Object.entries(LEAST)) {
    const { score, auditRefs } = lhr.categories[kind];
    // What could not be traced has no score.
    if (score === null) {
      show(`Lighthouse, ${name} on a phone: ${kind}`, unmeasured(lhr), `≥ ${least}`, false);
      continue;
    }
    const percent = Math.round(100 * score);
    show(`Lighthouse, ${name} on a phone: ${kind}`, percent, `≥ ${least}`, percent >= least);
    if (percent < least) why(auditRefs, lhr.audits);
  }
  const shift = lhr.audits["cumulative-layout-shift"].numericValue ?? unmeasured(lhr);
  show("… layout shift", shift, "0", shift === 0);
}

function unmeasured({ runtimeError, audits }) {
  const errors = Object.values(audits).map((audit) => audit.errorMessage);
  const reason = runtimeError?.message ?? errors.find(Boolean);
  return `not measured${reason ? `: ${reason}` : ""}`;
}

// The audits that cost points.
function why(refs, audits) {
  for (const { id, weight } of refs) {
    const { score, title, displayValue = "" } = audits[id];
    if (weight > 0 && score !== null && score < 0.9)
      console.log(`  ${id}: ${title} ${displayValue}`);
  }
}

function show(what, figure, target, isKept) {
  isMissed ||= !isKept;
  console.log(`${what}\t${figure}\t${target}${isKept ? "" : "\tmissed"}`);
}
