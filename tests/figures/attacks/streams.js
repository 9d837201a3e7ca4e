// Streams of one client that comes through a proxy, open and idle: half of them watch a server, half are its own.

import { request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { Learner } from "../learner.js";
import { HOST, LESSON, count } from "./attacking.js";

/** As many as the whole site has connections for. */
const STREAMS = 4096;
const ADDRESS = "198.51.100.7";

/** One client holds them all; what is refused or cut is asked for again. */
export async function streams({ server, number }) {
  if (number > 0) return;
  const learner = await Learner.enter({ server, from: ADDRESS }, LESSON);
  const places = [
    { host: HOST, path: `${LESSON}/live`, cookie: learner.cookie },
    { host: learner.sandbox, path: "/notifications" },
  ];
  const holding = async (_, place) => {
    for (;;) {
      await held(server.port, places[place % places.length]);
      await wait(1000);
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, holding));
}

/** Opens one and reads what little comes, until it ends. */
function held(port, { host, path, cookie = "a=b" }) {
  const headers = { host: `${host}:${port}`, "x-forwarded-for": ADDRESS, cookie };
  const options = { host: "127.0.0.1", port, path, headers, agent: false };
  return new Promise((resolve) => {
    const asked = request(options, (answer) => {
      count(`opened ${answer.statusCode}`);
      answer.once("close", resolve).resume();
    });
    asked.once("error", () => (count("cut"), resolve()));
    asked.end();
  });
}
