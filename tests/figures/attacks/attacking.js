// What attackers have in common.

import { request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export const LESSON = "/lessons/a-websocket-in-html";
export const HOST = "hxlab.localhost";
export const SERVER = "export default { fetch: () => new Response('hello') };";

const did = new Map();

/** Counts something that attackers did, or what came of it. */
export function count(what, times = 1) {
  did.set(what, (did.get(what) ?? 0) + times);
}

/** What is said by attackers who did nothing. */
export const NOTHING = "nothing";

/** All of it, in words. */
export const told = () => [...did].map(([what, times]) => `${what} ${times}`).join(", ");

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
