// The machine's time zone is that of `Date` and of `Intl` alike, as in Bun, whatever `TZ` says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atBoth } from "./both.js";

const server = `
  const moment = new Date(Date.UTC(2025, 6, 1, 22, 30));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const texts = [
    moment.toLocaleString("en"),
    moment.toLocaleDateString("de"),
    moment.toLocaleTimeString("en-GB"),
    moment.toLocaleString("en", { timeStyle: "long" }),
    moment.toLocaleString("en", { timeZone: "Asia/Tokyo" }),
    new Date(2025, 0, 1, 12).toLocaleTimeString("en"),
    String(moment.getHours()),
  ];
  export default { fetch: () => Response.json([zone, ...texts]) };`;

const ask = async (port) => (await fetch(`http://127.0.0.1:${port}/`)).json();

for (const TZ of ["Europe/Berlin", ":America/New_York", "Asia/Kolkata", "Etc/UTC", "GMT", ""]) {
  test(`TZ=${TZ}`, { timeout: 120_000 }, async () => {
    const { hxlab, bun } = await atBoth({ "server.js": server }, ask, { TZ });
    assert.deepEqual(hxlab, bun);
  });
}

test("a zone of the C library's own, without a name, is the same for Date and Intl", async () => {
  const { hxlab } = await atBoth({ "server.js": server }, ask, { TZ: "XYZ-3:30" });
  assert.equal(hxlab[0], "+03:30");
  assert.equal(hxlab[4], "2:00:00 AM GMT+3:30");
  assert.equal(hxlab.at(-1), "2");
});
