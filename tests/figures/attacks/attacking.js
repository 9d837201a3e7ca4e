// What attackers have in common.

import { writeSync } from "node:fs";
import { request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export const LESSON = "/lessons/a-websocket-in-html";
export const HOST = "hxlab.localhost";
export const SERVER = "export default { fetch: () => new Response('hello') };";

/** As many addresses the attackers have; each may have as much as one address may. */
export const ADDRESSES = 20;

/** What is said by attackers who did nothing. */
export const NOTHING = "nothing";

const TOLD_EVERY_MS = 1000;
const did = new Map();
let toldAt = -Infinity;

/**
 * Counts something that attackers did, or what came of it. All of it is told in a line again and again, at once: whoever
 * attacks with all they have may hear no signal at the end.
 */
export function count(what, times = 1) {
  const words = what.replaceAll(/\s+/g, " ");
  did.set(words, (did.get(words) ?? 0) + times);
  if (performance.now() - toldAt < TOLD_EVERY_MS) return;
  tell();
  toldAt = performance.now();
}

/** Tells what was done until now. */
export function tell() {
  const words = [...did].map(([each, times]) => `${each} ${times}`).join(", ");
  writeSync(1, `${words || NOTHING}\n`);
}

/** Counts an answer by its status. */
export function answered({ status, statusCode = status }) {
  count(`answered ${statusCode}`);
}

/** Asks and never reads what comes. */
export function unread({ server: { port }, from }, path, cookie) {
  const headers = { host: `${HOST}:${port}`, "x-forwarded-for": from, cookie };
  const asked = request({ host: "127.0.0.1", port, path, headers, agent: false });
  asked.on("response", (answer) => (answered(answer), answer.pause()));
  asked.on("error", () => count("cut"));
  asked.end();
  count("asked");
  return asked;
}

export async function again(attack) {
  for (;;)
    await attack().catch(({ message }) => {
      count(`refused (${message.slice(0, 60)})`);
      return wait(10);
    });
}
