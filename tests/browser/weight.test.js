// What a lesson's page loads by itself is no heavier than what it is held to.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { weighing } from "../figures/weighing.js";
import { Stage } from "./stage.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

test("the scripts of a page, of a lesson and of its workbench weigh no more than they may", async () => {
  const held = (await weighing(stage)).filter(({ target }) => target !== "");
  assert.equal(held.length, 3);
  for (const { what, figure, target } of held) {
    const [, most] = target.match(/^≤ (\d+) kB$/);
    assert.ok(Number.parseFloat(figure) <= Number(most), `${what}: ${figure}, and may ${target}`);
  }
});
