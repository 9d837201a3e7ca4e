// The editor offers only members that a sandbox has.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { serverApi } from "../../embedded/build/server-api.mjs";
import { webContext } from "./context.mjs";

const { members } = await serverApi();
const engine = new URL("../../embedded/engine/", import.meta.url);
const read = (path) => readFile(new URL(path, engine), "utf8");

test("what the Web layer makes has them", async () => {
  const { run } = webContext();
  const lacking = await run(async (all) => {
    const request = new Request("http://localhost/", { headers: {} });
    const things = {
      request: Request.prototype,
      response: Response.prototype,
      Response,
      headers: request.headers,
      cookies: new Bun.CookieMap(""),
      Bun,
    };
    return Object.entries(things).flatMap(([kind, thing]) =>
      Object.keys(all[kind])
        .filter((name) => !(name in thing))
        .map((name) => `${kind}.${name}`),
    );
  }, members);
  // The server's part of the layer adds it.
  assert.deepEqual(lacking, ["Bun.serve"]);
});

test("no member of Bun is one that only tells what to do instead", async () => {
  const missing = JSON.parse(await read("missing.json"));
  assert.deepEqual(
    Object.keys(members.Bun).filter((name) => name in missing.Bun),
    [],
  );
});

test("the server, its sockets and its definition have them", async () => {
  const declared = async (file, name) => new RegExp(`\\b${name}\\b`).test(await read(file));
  const files = {
    server: ["serve/server.js"],
    socket: ["serve/socket.js"],
    websocket: ["serve/socket.js", "serve/app.js"],
    definition: ["serve/app.js", "serve/server.js"],
  };
  for (const [kind, paths] of Object.entries(files)) {
    for (const name of Object.keys(members[kind])) {
      const found = await Promise.all(paths.map((path) => declared(path, name)));
      assert.ok(found.includes(true), `${kind}.${name}`);
    }
  }
});
