import assert from "node:assert/strict";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { buildEngine } from "../../embedded/build/engine.mjs";

const engine = await mkdtemp(join(tmpdir(), "weblayer-"));
after(() => rm(engine, { recursive: true, force: true }));
await buildEngine(engine);
const modules = JSON.parse(await readFile(join(engine, "modules.json"), "utf8"));

test("every module that a project can import has all that it imports itself", async () => {
  const waiting = Object.values(modules);
  const seen = new Set(waiting);
  for (const file of waiting) {
    const source = await readFile(join(engine, file), "utf8");
    for (const [, name] of source.matchAll(
      /(?:^|[;}])(?:import|export)(?:[^;"'`]*?\bfrom)?\s*["']([^"']+)["']/g,
    )) {
      assert.match(name, /^\.\.?\//, `${file} imports ${name}`);
      const imported = join(dirname(file), name);
      if (seen.has(imported)) continue;
      seen.add(imported);
      waiting.push(imported);
    }
  }
  await Promise.all([...seen].map((file) => access(join(engine, file))));
  assert.ok(seen.size > 100, `${seen.size} modules`);
});

test("what asks for another platform is not offered", () => {
  for (const name of ["hono/deno", "hono/ssg", "hono/context-storage", "hono/jsx/dom"]) {
    assert.ok(!(name in modules), name);
  }
  for (const name of ["hono", "hono/html", "hono/bun", "hono/utils/html", "hono/jsx/dom/server"]) {
    assert.ok(name in modules, name);
  }
});

test("web.js names no other module", async () => {
  const source = await readFile(join(engine, "web.js"), "utf8");
  assert.doesNotMatch(source, /(^|[;}])(import|export)[\s{*"]/m);
});
