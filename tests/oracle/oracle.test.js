// Bun is the oracle: every project is run by both, lives through the same story over real sockets, and
// both must answer alike. What may differ is listed in differences.js, each entry with its row of
// embedded/engine/differences.json; an entry that nothing needs any more is a fault as well.
//
// ORACLE=name runs the projects of that name only.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { atBoth } from "./both.js";
import { explains, sentence, unlike } from "./compare.js";
import { differences } from "./differences.js";
import { allProjects } from "./projects.js";
import { actor } from "./story.js";

const only = process.env.ORACLE;
const projects = (await allProjects()).filter(({ name }) => !only || name.includes(only));
const needed = new Set();
let steps = 0;
let projectsDone = 0;

for (const { name, files, story } of projects) {
  test(name, { timeout: 120_000 }, async () => {
    const tell = async (port) => {
      const person = actor(port);
      await story(person, files);
      return person.steps;
    };
    const { hxlab, bun } = await atBoth(files, tell);
    steps += hxlab.length;
    projectsDone += 1;
    const unexplained = unlike(hxlab, bun).filter((difference) => {
      const known = differences.filter((entry) => explains(entry, name, difference));
      for (const entry of known) needed.add(entry);
      return known.length === 0;
    });
    assert.ok(unexplained.length === 0, `\n${unexplained.map(sentence).join("\n")}`);
  });
}

test("each explained difference is in the table that learners read, and none there is missing here", async () => {
  const table = new URL("../../embedded/engine/differences.json", import.meta.url);
  const { seen } = JSON.parse(await readFile(table, "utf8"));
  assert.deepEqual(
    [...new Set(differences.map(({ row }) => row))].sort(),
    seen.map(({ what }) => what).sort(),
  );
});

test("each explained difference was seen", { skip: only && "not all projects are run" }, () => {
  assert.deepEqual(
    differences.filter((entry) => !needed.has(entry)),
    [],
  );
  assert.ok(projectsDone >= 12, `${projectsDone} projects`);
  assert.ok(steps >= 150, `${steps} steps`);
});

after(() => {
  console.log(`oracle: ${steps} steps over ${projectsDone} projects, against Bun`);
  console.log(`oracle: ${differences.length} explained differences, ${needed.size} of them seen`);
});
