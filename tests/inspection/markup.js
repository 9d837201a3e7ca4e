// What the Nu checker and axe-core hold against the markup of the main states: the Nu checker as the server sends it and
// as scripts leave it. Left out is what it says of three things: htmx's own attributes are in no standard; the frame of
// a preview is of another origin than the page, so it cannot break out; a combobox names its list by aria-controls, as
// ARIA has it since 1.2.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Stage } from "../browser/stage.js";
import { violations } from "../browser/steps/everybody.js";
import { STATES } from "./states.js";

const checker = createRequire(import.meta.url)("vnu-jar");
const LEFT_OUT = new RegExp(
  [
    "Attribute “hx-[a-z-]+” not allowed",
    "Setting both “allow-scripts” and “allow-same-origin” is not recommended",
    "Attribute “aria-activedescendant” value should either refer to a descendant",
  ].join("|"),
);

const folder = await mkdtemp(join(tmpdir(), "hxlab-markup-"));
const stage = await Stage.open();
let found = 0;
try {
  for (const [name, reach] of Object.entries(STATES)) await inspect(name, reach);
  found += await nu();
} finally {
  await stage.close();
  await rm(folder, { recursive: true });
}
console.log(`${found} found in ${Object.keys(STATES).length} states`);
process.exitCode = found > 0 ? 1 : 0;

async function inspect(name, reach) {
  const page = await stage.person();
  const sent = [];
  page.on("response", (response) => {
    const isPage = response.request().isNavigationRequest() && !isRedirect(response);
    if (isPage && response.frame() === page.mainFrame()) sent.push(response.text());
  });
  await reach(page, stage);
  const file = (kind) => join(folder, `${name}, ${kind}.html`);
  await writeFile(file("sent"), (await Promise.all(sent)).at(-1));
  await writeFile(file("live"), await page.content());
  for (const fault of await violations(page)) {
    found += 1;
    console.log(`${name}: ${fault}`);
  }
  await page.context().close();
}

function isRedirect(response) {
  return response.status() >= 300 && response.status() < 400;
}

// The checker ends with an error where it has found something.
async function nu() {
  const argv = ["-jar", checker, "--format", "gnu", "--skip-non-html", folder];
  const { stderr } = await promisify(execFile)("java", argv, { maxBuffer: 2 ** 26 }).catch(
    (error) => {
      if (!error.stderr) throw error;
      return error;
    },
  );
  const lines = stderr.split("\n").filter((line) => line !== "" && !LEFT_OUT.test(line));
  for (const line of lines) console.log(line.replace(`file:${folder}/`, ""));
  return lines.length;
}
