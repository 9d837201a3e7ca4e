// The WebSocket clients of load/, in a process of their own.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const program = process.env.LOAD_CLIENTS;

/** Deliveries per second of what one client says to so many others. */
export async function fanout(contender, clients, seconds = 3) {
  const host = `127.0.0.1:${contender.port}`;
  const flags = ["--clients", `${clients}`, "--seconds", `${seconds}`];
  const { stdout } = await promisify(execFile)(program, ["fanout", host, "/", ...flags]);
  const { deliveries, seconds: took } = JSON.parse(stdout);
  return deliveries / took;
}

/** So many clients that do nothing, until they are let go. */
export async function hold(contender, clients) {
  const argv = ["hold", `127.0.0.1:${contender.port}`, "/", "--clients", `${clients}`];
  const child = spawn(program, argv, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const opened = once(createInterface({ input: child.stdout }), "line");
  const early = ended.then(() => Promise.reject(new Error(`${contender.name} let clients go`)));
  await Promise.race([opened, early]);
  early.catch(() => {});
  return async () => {
    child.stdin.end();
    await ended;
  };
}
