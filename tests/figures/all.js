// All figures, each beside its target. Nothing here fails: whoever reads the table judges.

import { cpus, loadavg } from "node:os";
import { Stage } from "../browser/stage.js";
import { pressing } from "./pressing.js";
import { running } from "./running.js";
import { starting } from "./starting.js";
import { weighing } from "./weighing.js";

const [{ model }] = cpus();
const load = () => loadavg()[0].toFixed(1);
const before = load();

const rows = await starting();
const stage = await Stage.open();
try {
  rows.push(...(await running(stage)), ...(await pressing(stage)), ...(await weighing(stage)));
} finally {
  await stage.close();
}

const machine = `${cpus().length} × ${model}, Node.js ${process.version}`;
console.log(`${machine}, load ${before} before and ${load()} after\n`);
const widths = ["what", "figure", "target"].map((column) =>
  Math.max(...rows.map((row) => row[column].length)),
);
for (const { what, figure, target } of rows) {
  const cells = [what.padEnd(widths[0]), figure.padStart(widths[1]), target.padStart(widths[2])];
  console.log(cells.join("   ").trimEnd());
}
