// Prints which share of the web-platform-tests passes in a sandbox, area by area, and fails where it is
// less than the floor. The folder of the tests is the first argument; `--why` lists what fails.

import { readFile } from "node:fs/promises";
import { floors } from "./floors.js";
import { testFiles, projectFor } from "./files.js";
import { runOnce } from "./sandbox.js";

const AT_ONCE = 2;
const [root, ...flags] = process.argv.slice(2);
const only = flags.find((flag) => !flag.startsWith("--"));
const why = flags.includes("--why");

const areas = new Map();
const waiting = (await testFiles(root)).filter(({ path }) => !only || path.includes(only));

async function work() {
  for (let test = waiting.shift(); test; test = waiting.shift()) {
    const result = await runOnce(await projectFor(root, test.path));
    count(test, result);
  }
}

function count({ area, path }, { ended, message, tests }) {
  const sum = areas.get(area) ?? { files: 0, passed: 0, all: 0, whole: 0 };
  areas.set(area, sum);
  const failed = tests.filter(({ passed }) => !passed);
  // A file that does not come to its end counts as one more that failed.
  const broken = ended ? 0 : 1;
  sum.files += 1;
  sum.all += tests.length + broken;
  sum.passed += tests.length - failed.length;
  if (!why || (failed.length === 0 && ended)) return;
  console.log(path, broken ? `did not end: ${message}` : "");
  for (const test of failed) console.log(`  ${test.name}: ${test.why}`.slice(0, 240));
}

await Promise.all(Array.from({ length: AT_ONCE }, work));

const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);
let below = 0;
row("web-platform-tests", "files", "tests", "passed", "share", "floor");
row("---", "---", "---", "---", "---", "---");
for (const [area, { files, all, passed }] of areas) {
  const share = (100 * passed) / all;
  const isLow = share < floors[area];
  if (isLow && !only) below += 1;
  row(area, files, all, passed, `${share.toFixed(1)} %`, `${floors[area]} %${isLow ? " ←" : ""}`);
}
const { nodejs } = JSON.parse(await readFile(`${root}/from.json`, "utf8").catch(() => "{}"));
if (nodejs)
  console.log(`The tests are those that Debian's source package nodejs ${nodejs} carries.`);
if (below > 0) {
  console.error(`${below} areas pass less than their floor; see which tests with --why`);
  process.exitCode = 1;
}
