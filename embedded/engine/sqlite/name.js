// Databases that have the name of a file, which a sandbox does not.

import { console, projectFiles } from "./natives.js";

const FILLING = ["schema.sql", "seed.sql"];

/** The same for all spellings of a file beside the server; null for a database that has no name. */
export function nameOf(filename) {
  if (filename === "" || filename === ":memory:") return null;
  return (
    filename
      .replace(/^file:/, "")
      .replace(/[?#].*/, "")
      .replace(/^(\.?\/+)+/, "") || null
  );
}

const told = new Set();

/** Says once for each name what becomes of the data. */
export function tell(name) {
  if (told.has(name)) return;
  told.add(name);
  const all = [...projectFiles.keys()];
  const there = FILLING.flatMap((name) => all.filter((file) => `/${file}`.endsWith(`/${name}`)));
  const files = there.length > 0 ? there : ["schema.sql"];
  const lines = files.map((file) => `db.exec(await Bun.file("${file}").text())`);
  console.info(
    `“${name}” is kept in memory: it begins empty at each start, and nothing is on a disk. Fill it by ${lines.join("; ")}`,
  );
}

/** Says why there is none. */
export function tellMissing(name) {
  console.info(
    `“${name}” is not there: a sandbox has no disk, so each database begins empty. Leave out “readonly” and “create: false”`,
  );
}
