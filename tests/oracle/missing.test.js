// The table of what Bun has and a sandbox does not (embedded/engine/missing.json) is true and complete: all
// that Bun has is either here, or in the table with what to do instead.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { atBoth } from "./both.js";
import { exchange } from "./http.js";

const table = new URL("../../embedded/engine/missing.json", import.meta.url);
const missing = JSON.parse(await readFile(table, "utf8"));

const server = `
  import missing from "./missing.json";
  import * as bun from "bun";

  const used = (name) => {
    try {
      const member = Bun[name];
      return String(typeof member === "function" ? member("a", "b") : member);
    } catch (error) {
      return error.message;
    }
  };
  const modules = globalThis.process?.getBuiltinModule?.("module")?.builtinModules ?? [];

  export default {
    async fetch(req) {
      const { pathname } = new URL(req.url);
      const refused = async (name) => import(name).then(() => "loaded", (error) => error.message);
      if (pathname === "/used") {
        return Response.json(Object.fromEntries(Object.keys(missing.Bun).map((name) => [name, used(name)])));
      }
      if (pathname === "/refused") {
        const names = Object.keys(missing.modules);
        return Response.json(Object.fromEntries(await Promise.all(names.map(async (name) => [name, await refused(name)]))));
      }
      const of = (object) => Object.getOwnPropertyNames(object).sort();
      const exported = Object.keys(bun).filter((name) => name !== "default").sort();
      return Response.json({ members: of(Bun), exported, globals: of(globalThis), modules });
    },
  };
`;

let here;
let there;

before(async () => {
  const files = { "server.js": server, "missing.json": JSON.stringify(missing) };
  const ask = async (port, path) => JSON.parse((await exchange(port, "GET", path)).body);
  const found = await atBoth(files, async (port) => ({
    ...(await ask(port, "/all")),
    port,
  }));
  const used = await atBoth(files, async (port) => [
    await exchange(port, "GET", "/used"),
    await exchange(port, "GET", "/refused"),
  ]);
  const [members, modules] = used.hxlab.map(({ body }) => JSON.parse(body));
  here = { ...found.hxlab, used: members, refused: modules };
  there = found.bun;
});

/** What only one of two lists has. */
const unlike = (ours, theirs) => ({
  here: ours.filter((name) => !theirs.includes(name)),
  there: theirs.filter((name) => !ours.includes(name)),
});

test("Bun's members are those of Bun, here or missing", () => {
  assert.deepEqual(unlike(here.members, there.members), { here: [], there: [] });
  assert.deepEqual(unlike(here.exported, there.exported), { here: [], there: [] });
});

test("each missing member says what to do instead when it is used", () => {
  for (const [name, reason] of Object.entries(missing.Bun)) {
    assert.equal(here.used[name], `Bun.${name} does not exist here: ${reason}`);
  }
});

test("Bun's globals are here or in the table, and none is in both", () => {
  const known = new Set(here.globals);
  const listed = Object.keys(missing.globals);
  const left = there.globals.filter((name) => !known.has(name));
  assert.deepEqual(unlike(listed, left), { here: [], there: [] });
});

test("each missing module says what to do instead, and Node's are all there", () => {
  for (const [name, reason] of Object.entries(missing.modules)) {
    assert.ok(here.refused[name].endsWith(reason), `${name}: ${here.refused[name]}`);
  }
  const ofNode = there.modules.filter((name) => !/^_|\//.test(name) && name !== "bun");
  assert.ok(ofNode.length > 40, `${ofNode.length} modules`);
  const unknown = ofNode.filter(
    (name) => !(name in missing.modules) && !(`node:${name}` in missing.modules),
  );
  assert.deepEqual(unknown, []);
});
