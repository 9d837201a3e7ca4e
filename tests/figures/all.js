// The figures, each beside its target; all of them, or those of the parts that are named. Nothing here
// fails: whoever reads the table judges.

import { cpus, loadavg } from "node:os";
import { Stage } from "../browser/stage.js";
import { crowd } from "./crowd.js";
import { idleClients, idleServers } from "./memory.js";
import { noise } from "./noise.js";
import { pressing } from "./pressing.js";
import { rooms } from "./rooms.js";
import { running } from "./running.js";
import { answers, pages } from "./serving.js";
import { sizes } from "./sizes.js";
import { deliveries, starting as startsAmongMany } from "./slopes.js";
import { starting } from "./starting.js";
import { starts } from "./starts.js";
import { weighing } from "./weighing.js";
import { wiring } from "./wiring.js";

const PARTS = {
  starting,
  running,
  pressing,
  weighing,
  wiring,
  pages,
  answers,
  rooms,
  starts,
  "idle-servers": idleServers,
  "idle-clients": idleClients,
  crowd,
  noise,
  sizes,
  "slope-deliveries": deliveries,
  "slope-starts": startsAmongMany,
};

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in PARTS));
if (unknown) {
  console.error(
    `tests/bench: no part is called “${unknown}”; there are ${Object.keys(PARTS).join(", ")}`,
  );
  process.exit(2);
}

const [{ model }] = cpus();
const load = () => loadavg()[0].toFixed(1);
console.log(`${cpus().length} × ${model}, Node.js ${process.version}, load ${load()} before\n`);

// Each part has a program and a data folder of its own.
for (const name of named.length ? named : Object.keys(PARTS)) {
  // The crowd is larger than a site lets be at once.
  const stage = await Stage.open("--runs", "2000");
  try {
    for (const { what, figure, target } of await PARTS[name](stage)) {
      console.log([what.padEnd(62), figure.padStart(34), target].join("   ").trimEnd());
    }
  } finally {
    await stage.close();
  }
}
console.log(`\nload ${load()} after`);
