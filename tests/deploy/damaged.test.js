// A damaged database without a backup: what the README has one try, as it stands.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Place } from "./place.js";
import { block } from "./readme.js";

const DATA = "/var/lib/hxlab";
const FILE = join(DATA, "hxlab.db");
const TEXTS = 2000;
const PAGE = 4096;

let place;
before(async () => {
  place = await Place.open();
  await place.cover("/var/lib");
  await mkdir(DATA, { mode: 0o700 });
});
after(() => place?.close());

const sql = (file, text) => execFileSync("sqlite3", [file, text], { encoding: "utf8" }).trim();

/** Serves until it listens, and ends it. */
async function servesOnce() {
  const argv = ["serve", "--listen", "127.0.0.1:0", "--data", DATA];
  const hxlab = spawn(process.env.HXLAB, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(hxlab.stdout, "data");
  hxlab.kill("SIGTERM");
  assert.match(String(line), /^listening on /);
  assert.deepEqual(await once(hxlab, "exit"), [0, null]);
}

test("what can be read of a damaged database is saved, restored and served", async () => {
  await servesOnce();
  // A text on each page, so that each page that is spoilt costs one.
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${TEXTS})`;
  const row = `randomblob(32), printf('%.3000c', 'x') || i, false`;
  sql(FILE, `${numbers} INSERT INTO texts (hash, body, packed) SELECT ${row} FROM n`);
  const { size } = await stat(FILE);
  const file = await open(FILE, "r+");
  await file.write(Buffer.alloc(8 * PAGE, 0xaa), 0, 8 * PAGE, Math.floor(size / 2 / PAGE) * PAGE);
  await file.close();
  assert.notEqual(sql(FILE, "PRAGMA quick_check(1)"), "ok");

  const [saves, restores] = block("sh", ".dump").split(/(?=^runuser .*)/m);
  execFileSync("sh", ["-c", saves], { cwd: place.folder });
  const [, command] = restores.trim().match(/^runuser -u hxlab -- hxlab (.*)$/);
  execFileSync(process.env.HXLAB, command.split(" "), { cwd: DATA, stdio: "inherit" });
  assert.equal(sql(FILE, "PRAGMA integrity_check"), "ok");
  const left = Number(sql(FILE, "SELECT count(*) FROM texts"));
  assert.ok(left >= TEXTS - 20 && left < TEXTS, `${left} of ${TEXTS}`);
  await servesOnce();
});
