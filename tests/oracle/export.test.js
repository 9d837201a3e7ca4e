// A project that is taken away runs elsewhere: downloaded from the site, `bun install && bun start`,
// and its pages, files and sockets are those of the sandbox.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { at, BUN, HXLAB } from "./both.js";
import { exchange } from "./http.js";
import { actor } from "./story.js";
import { unzip } from "./zip.js";

const LESSON = "/lessons/a-websocket-in-html";
const NAME = "a-websocket-in-html";
let folder;

before(async () => (folder = await mkdtemp(join(tmpdir(), "export-"))));
after(() => rm(folder, { recursive: true, force: true }));

const site = (act) => {
  const argv = ["serve", "--listen", "127.0.0.1:0", "--data", join(folder, "data")];
  return at(HXLAB, argv, { cwd: folder }, act);
};

/** Asks the site as a browser would that knows its name. */
const ask = (port, path, { method = "GET", headers, body } = {}) =>
  exchange(port, method, path, {
    headers: { host: `hxlab.localhost:${port}`, ...headers },
    body,
    asBytes: true,
  });

async function unpack(archive) {
  for (const [path, bytes] of Object.entries(unzip(archive))) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

test("what a learner has saved is downloaded, installed and started", async () => {
  const draft = await site(async (port) => {
    const page = await ask(port, LESSON);
    const cookie = [page.headers["set-cookie"]].flat()[0].split(";")[0];
    const starter = JSON.parse((await ask(port, `${LESSON}/starter`)).body);
    const files = { ...starter.files, "extra.txt": "my own\n", "pages/extra.txt": "mine\n" };
    const headers = {
      ...{ cookie, origin: `http://hxlab.localhost:${port}` },
      "content-type": "application/json",
    };
    const body = JSON.stringify({ version: 0, files });
    const saved = await ask(port, `${LESSON}/draft`, { method: "PUT", headers, body });
    assert.match(saved.status, /^200/, saved.body.toString());
    const download = await ask(port, `${LESSON}/project.zip`, { headers: { cookie } });
    assert.match(download.status, /^200/);
    assert.equal(download.headers["content-type"], "application/zip");
    assert.equal(download.headers["content-disposition"], `attachment; filename="${NAME}.zip"`);
    await unpack(download.body);
    const stranger = await ask(port, `${LESSON}/project.zip`);
    const names = Object.keys(unzip(stranger.body));
    assert.ok(names.includes(`${NAME}/server.js`), "without a session it is the starter");
    assert.ok(!names.includes(`${NAME}/extra.txt`));
    return files;
  });

  const cwd = join(folder, NAME);
  await promisify(execFile)(BUN, ["install"], { cwd });
  await at(BUN, ["start"], { cwd, env: { PORT: "0" } }, async (port) => {
    const person = actor(port);
    for (const name of ["style.css", "extra.txt", "pages/extra.txt", "index.html"]) {
      assert.equal((await person.get(`/${name}`)).body, draft[name], name);
    }
    assert.match((await person.get("/")).body, /<h1><a href="\/">Lobby<\/a><\/h1>/);
    assert.match((await person.get("/lib/htmx-2.js")).body, /htmx/);
    for (const hidden of ["/server.js", "/package.json", "/bun.lock", "/hxlab/serve.js"]) {
      assert.match((await person.get(hidden)).status, /^404/, hidden);
    }
    const headers = { origin: `http://127.0.0.1:${port}` };
    const ada = await person.socket("/chat", { headers });
    ada.send(JSON.stringify({ room: "lobby", name: "Ada" }));
    assert.match((await ada.hear()).payload, /id="log"/);
    ada.cut();
  });
});
