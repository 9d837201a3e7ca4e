// The table of what Bun has and a sandbox does not (embedded/engine/missing.json) is true and complete: all
// that Bun has is either here, or in the table with what to do instead.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { before, test } from "node:test";
import { atBoth } from "./both.js";
import { exchange } from "./http.js";

const table = new URL("../../embedded/engine/missing.json", import.meta.url);
const missing = JSON.parse(await readFile(table, "utf8"));

const server = `
  import missing from "./missing.json";
  import builtin from "./builtin.json";
  import * as bun from "bun";

  const used = (name) => {
    try {
      const member = Bun[name];
      return String(typeof member === "function" ? member("a", "b") : member);
    } catch (error) {
      return error.message;
    }
  };
  const tried = (member) => {
    try {
      return String(typeof member === "function" ? member("a", "b") : member);
    } catch (error) {
      return error.message;
    }
  };
  const members = (object) => [null, Object.prototype, Function.prototype].includes(object) ? []
    : [...Object.getOwnPropertyNames(object), ...members(Object.getPrototypeOf(object))];
  const builtinModules = () => {
    try {
      return process.getBuiltinModule("module").builtinModules;
    } catch {
      return [];
    }
  };
  const modules = builtinModules();
  const parts = () => ({
    console, crypto: Crypto.prototype, fetch, file: Bun.file("none"), FormData,
    form: FormData.prototype, Headers: Headers.prototype, "import.meta": import.meta, performance,
    reader: ReadableStreamDefaultReader.prototype, ReadableStream: ReadableStream.prototype,
    Request: Request.prototype, Response: Response.prototype,
  });

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
      if (pathname === "/exports") {
        const names = (name) => import(name).then((all) => Object.keys(all).sort(), () => null);
        return Response.json(Object.fromEntries(await Promise.all(builtin.map(async (name) => [name, await names(name)]))));
      }
      if (pathname === "/database") {
        const { constants, Database, Statement } = await import("bun:sqlite");
        const db = new Database();
        const listed = (what) => db.query("select distinct name from pragma_" + what + "_list").values().flat();
        return Response.json({
          Database: members(Database), database: members(db), statement: members(db.prepare("select 1")),
          constants: Object.entries(constants).map(String),
          functions: listed("function"), modules: listed("module"), collations: listed("collation"),
        });
      }
      if (pathname === "/intl") {
        const classes = Object.getOwnPropertyNames(Intl).filter((name) => /^[A-Z]/.test(name));
        const here = classes.filter((name) => !(name in missing.Intl));
        const prototypes = here.map((name) => [name, members(Intl[name].prototype)]);
        return Response.json({ ...Object.fromEntries(prototypes), Intl: members(Intl) });
      }
      if (pathname === "/parts") {
        const refused = {};
        for (const [name, reasons] of [...Object.entries(missing.parts), ["node:process", missing.process]]) {
          const all = await import(name);
          for (const part of Object.keys(reasons)) refused[name + " " + part] = [tried(all[part]), tried(all.default[part])];
        }
        return Response.json(refused);
      }
      if (pathname === "/members") {
        const left = Object.entries(missing.members).flatMap(([owner, reasons]) =>
          Object.keys(reasons).map((name) => [owner + "." + name, tried({ Blob: new Blob(), console, performance }[owner][name])]));
        const all = Object.entries(parts()).map(([name, object]) => [name, members(object)]);
        return Response.json({ refused: Object.fromEntries(left), all: Object.fromEntries(all) });
      }
      const of = (object) => Object.getOwnPropertyNames(object).sort();
      const exported = Object.keys(bun).filter((name) => name !== "default").sort();
      return Response.json({ bun: of(Bun), exported, globals: of(globalThis), modules });
    },
  };
`;

/** Node's modules, those within them among them. */
const builtin = ["bun:sqlite", ...builtinModules.filter((name) => !name.startsWith("_"))];

let here;
let there;

before(async () => {
  const files = {
    "server.js": server,
    "missing.json": JSON.stringify(missing),
    "builtin.json": JSON.stringify(builtin),
  };
  const ask = async (port, path) => JSON.parse((await exchange(port, "GET", path)).body);
  const found = await atBoth(files, async (port) => ({
    ...(await ask(port, "/all")),
    exports: await ask(port, "/exports"),
    database: await ask(port, "/database"),
    intl: await ask(port, "/intl"),
    members: await ask(port, "/members"),
    port,
  }));
  const used = await atBoth(files, async (port) => [
    await exchange(port, "GET", "/used"),
    await exchange(port, "GET", "/refused"),
    await exchange(port, "GET", "/parts"),
  ]);
  const [members, modules, parts] = used.hxlab.map(({ body }) => JSON.parse(body));
  here = { ...found.hxlab, used: members, refused: modules, parts };
  there = found.bun;
});

/** What only one of two lists has. */
const unlike = (ours, theirs) => ({
  here: ours.filter((name) => !theirs.includes(name)),
  there: theirs.filter((name) => !ours.includes(name)),
});

test("Bun's members are those of Bun, here or missing", () => {
  assert.deepEqual(unlike(here.bun, there.bun), { here: [], there: [] });
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
  const bunHas = (name) => there.globals.includes(name);
  assert.deepEqual(Object.keys(missing.foreign).filter(bunHas), []);
});

test("each missing module says what to do instead, and Node's are all there", () => {
  for (const [name, reason] of Object.entries(missing.modules)) {
    assert.ok(here.refused[name].endsWith(reason), `${name}: ${here.refused[name]}`);
  }
  const all = there.modules.filter((name) => !/^_|\//.test(name) && name !== "bun");
  assert.ok(all.length > 40, `${all.length} modules`);
  const isListed = (name) => name in missing.modules || `node:${name}` in missing.modules;
  const isHere = (name) => Boolean(here.exports[name]);
  assert.deepEqual(
    all.filter((name) => isListed(name) === isHere(name)),
    [],
  );
});

/** What asks whether it is there gets an honest answer, and Node's own inner parts concern nobody. */
const unlisted = (name) =>
  name.startsWith("_") ||
  /^(getBuiltinModule|channel|connected|constructor|debugPort|disconnect|mainModule|moduleLoadList|send)$/.test(
    name,
  ) ||
  /^(domain|prependOnceListener|prependListener|prototype|rawListeners|setMaxListeners|getMaxListeners)$/.test(
    name,
  );

test("the modules that are here have all that Bun's have, or say what to do instead", () => {
  const loaded = Object.keys(here.exports).filter((name) => here.exports[name]);
  assert.ok(loaded.length >= 15, `${loaded}`);
  for (const name of loaded) {
    const known = new Set(here.exports[name]);
    const left = there.exports[name].filter((each) => !known.has(each) && !unlisted(each));
    assert.deepEqual(left, [], name);
  }
  for (const [name, refusals] of Object.entries(here.parts)) {
    const [module, part] = name.split(" ");
    const reason = (missing.parts[module] ?? missing.process)[part];
    for (const refusal of refusals) assert.ok(refusal.endsWith(reason), `${name}: ${refusal}`);
  }
});

test("bun:sqlite has all that Bun's has, in JavaScript and in SQL, or says what to do instead", () => {
  for (const [what, names] of Object.entries(there.database)) {
    assert.ok(names.length >= 3, `${what}: ${names}`);
    const known = new Set(here.database[what]);
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
      what,
    );
  }
});

test("what every server holds has all that Bun's has, or says what to do instead", () => {
  for (const [owner, names] of Object.entries(there.members.all)) {
    const known = new Set(here.members.all[owner]);
    const left = names.filter((name) => !known.has(name) && !/^(_|constructor$)/.test(name));
    assert.deepEqual(left, [], owner);
  }
  for (const [owner, reasons] of Object.entries(missing.members)) {
    for (const [name, reason] of Object.entries(reasons)) {
      const refusal = here.members.refused[`${owner}.${name}`];
      assert.equal(refusal, `${owner}.${name} does not exist here: ${reason}`);
    }
  }
});

test("Intl has all that Bun's has, or says what to do instead", () => {
  assert.ok(Object.keys(there.intl).length >= 8, Object.keys(there.intl).join(" "));
  for (const [what, names] of Object.entries(there.intl)) {
    const known = new Set(here.intl[what]);
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
      what,
    );
  }
});
