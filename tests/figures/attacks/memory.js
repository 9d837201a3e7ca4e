// What takes much memory for little: long answers that nobody reads, bodies that never end, new drafts and Runs.

import { connect } from "node:http2";
import { setTimeout as wait } from "node:timers/promises";
import { Learner } from "../learner.js";
import { HOST, LESSON, SERVER, again, answered, count, unread } from "./attacking.js";

const MIB = 1024 * 1024;
// One for all of them: what counts is what the site keeps, not what an attacker does.
const HALF_A_BODY = Buffer.alloc(MIB, "x");

/** A learner with many large versions has all of it sent, many times, and reads none of it. */
export async function downloads(stage) {
  const learner = await Learner.enter(stage, LESSON);
  for (let version = 0; version < 100; version += 1) {
    const text = `// ${version}\n`.padEnd(200_000, "x");
    await learner.keep({ "server.js": text, "a.txt": text, "b.txt": text, "c.txt": text });
    count("versions");
  }
  const ask = () => unread(stage, "/me/all.json", learner.cookie);
  Array.from({ length: 50 }, ask);
}

/** A server that logs much is watched by many who do not read. */
export async function feeds(stage) {
  const learner = await Learner.enter(stage, LESSON);
  const loud = `for (let i = 0; i < 500; i += 1) console.log("x".repeat(4000)); ${SERVER}`;
  await learner.run({ "server.js": loud }).catch(() => {});
  count("Runs");
  const ask = () => unread(stage, `${LESSON}/live`, learner.cookie);
  Array.from({ length: 200 }, ask);
}

/** Bodies of 2 MiB on all the streams of an HTTP/2 connection, none of which comes to its end. */
export async function bodies({ server: { port }, from }) {
  const head = {
    ":method": "POST",
    ":path": "/theme",
    ":authority": `${HOST}:${port}`,
    "x-forwarded-for": from,
    origin: `http://${HOST}:${port}`,
  };
  const open = new Set();
  let session;
  for (;;) {
    if (!session || session.destroyed) {
      session = connect(`http://127.0.0.1:${port}`);
      session.on("error", () => count("cut"));
    }
    while (open.size < 100 && !session.destroyed) {
      const stream = session.request({ ...head, "content-length": `${2 * MIB}` });
      count("bodies");
      open.add(stream);
      stream.on("error", () => {});
      stream.on("close", () => open.delete(stream));
      stream.on("response", ({ ":status": status }) => (answered({ status }), stream.close()));
      stream.write(HALF_A_BODY);
    }
    await wait(1000);
  }
}

/** A new learner each time, with as large a draft as may be. */
export async function drafts(stage) {
  const files = { "a.txt": "x".repeat(250_000), "b.txt": "y".repeat(250_000) };
  await again(async () => {
    const learner = await Learner.enter(stage, LESSON);
    await learner
      .keep({ ...files, "server.js": `// ${Math.random()}` })
      .finally(() => learner.leave());
    count("drafts");
  });
}

/** A new learner each time, who runs a server. */
export async function runs(stage) {
  await again(async () => {
    const learner = await Learner.enter(stage, LESSON);
    await learner.run({ "server.js": SERVER }).finally(() => learner.leave());
    count("Runs");
  });
}
