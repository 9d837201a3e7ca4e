import { createHash } from "node:crypto";

/** A frame by its length and a digest of what is in it. */
const digested = ({ kind, payload, ...rest }) => ({
  kind,
  ...rest,
  length: payload?.length,
  sha1: payload && createHash("sha1").update(payload).digest("hex"),
});

export default async function ({ socket, get, note, wait }) {
  const one = await socket("/", { who: "one" });
  const two = await socket("/", { who: "two" });
  const hears = async (client, what) => note(what, digested(await client.socket.next()));
  for (const what of ["text 320", "text 321", "bytes 1024", "words 100000", "text 16384"]) {
    one.send(what);
    await hears(one, `one hears ${what}`);
    await hears(one, `one hears what comes after ${what}`);
    await get("/answers");
  }
  for (const what of ["publish 1024", "others 1024", "publish 16384"]) {
    one.send(what);
    await hears(two, `two hears ${what}`);
    if (!what.startsWith("others")) await hears(one, `one hears ${what}`);
    await hears(one, `one hears what comes after ${what}`);
    await get("/answers");
  }
  const slow = await socket("/", { who: "slow" });
  slow.socket.pause();
  slow.send("flood");
  await wait(500);
  await get("/answers");
  two.send("text 320");
  await hears(two, "two hears meanwhile");
  await hears(two, "two hears what comes after it");
  slow.socket.resume();
  for (const number of [1, 2, 3]) await hears(slow, `slow hears number ${number}`);
  await get("/drained");
}
