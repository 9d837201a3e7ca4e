// One project in one sandbox of `hxlab run`, asked once.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const HXLAB = process.env.HXLAB ?? join(root, "target", "debug", "hxlab");

/** What the project answers to `GET /` as JSON, or why it does not. */
export async function runOnce(files) {
  const folder = await mkdtemp(join(tmpdir(), "platform-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const argv = ["run", folder, "--listen", "127.0.0.1:0"];
  const env = { PATH: process.env.PATH, HXLAB_LOG: "error" };
  const child = spawn(HXLAB, argv, { env, stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  try {
    const [line] = await once(createInterface(child.stdout), "line");
    const address = /http:\/\/\S+/.exec(line)[0];
    const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    return { ended: false, message: text.trim(), tests: [] };
  } catch (error) {
    return { ended: false, message: error.message, tests: [] };
  } finally {
    child.kill("SIGKILL");
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
}
