// The program, as tests in browsers start it.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const program = process.env.HXLAB ?? "target/debug/hxlab";

/** Starts `hxlab` with arguments; resolves when it listens. */
export async function start(...argv) {
  const child = spawn(program, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const listening = new Promise((resolve, reject) => {
    lines.once("line", resolve);
    child.once("error", reject);
    ended.then((code) => reject(new Error(`${program} ${argv.join(" ")} ended with ${code}`)));
  });
  ended.catch(() => {});
  const address = (await listening).replace(/^listening on /, "");
  const stop = async () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { address, port: Number(new URL(address).port), pid: child.pid, stop };
}
