// The same project twice: in a sandbox of `hxlab run`, and exported and run by Bun.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { exportFiles } from "../../embedded/build/export.mjs";
import { end } from "../end.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const HXLAB = process.env.HXLAB ?? join(root, "target", "debug", "hxlab");
export const BUN = join(root, "tests", "node_modules", ".bin", "bun");

/**
 * Runs `act(port, name)` at both servers of a project, `files` by name, with these variables of the environment;
 * what each gave, by name. A `package.json` of its own names the server's file as `main`, as an archive does.
 */
export async function atBoth(files, act, env = {}) {
  const folder = await mkdtemp(join(tmpdir(), "oracle-"));
  try {
    const [here, outside] = [join(folder, "here"), join(folder, "outside")];
    await write(here, files);
    await write(outside, { ...(await besides(files)), ...files });
    await symlink(join(root, "embedded", "node_modules"), join(outside, "node_modules"));
    const server = JSON.parse(files["package.json"] ?? "{}").main ?? [];
    const listen = ["run", here, "--listen", "127.0.0.1:0"];
    const [hxlab, bun] = await Promise.all([
      at(HXLAB, listen, { cwd: here, env }, act),
      at(BUN, ["hxlab/serve.js"].concat(server), { cwd: outside, env: { PORT: "0", ...env } }, act),
    ]);
    return { hxlab, bun };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What an archive has beside these files; ours of a name that they have lies apart, as in src/archive.rs. */
async function besides(files) {
  const entries = Object.entries(await exportFiles());
  return Object.fromEntries(
    entries.map(([path, text]) => [path in files ? `hxlab/${path}` : path, text]),
  );
}

async function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, text);
  }
}

/** Starts a program that names its port, and acts while it runs. */
export async function at(program, argv, { cwd, env }, act) {
  const child = spawn(program, argv, {
    cwd,
    // Bun's page for an error is for development, and tells of the machine's folders.
    env: {
      PATH: `${dirname(BUN)}:${process.env.PATH}`,
      HOME: cwd,
      NODE_ENV: "production",
      HXLAB_LOG: "error",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [];
  child.stderr.on("data", (bytes) => said.push(bytes));
  const ended = once(child, "exit");
  try {
    const port = await Promise.race([
      portOf(child.stdout),
      ended.then(([status]) => {
        throw new Error(`${program} ended with ${status}: ${Buffer.concat(said)}`);
      }),
    ]);
    return await act(port);
  } finally {
    await end(child, ended);
  }
}

async function portOf(stdout) {
  for await (const line of createInterface(stdout)) {
    const port = /^listening on http:\/\/[^/]*:(\d+)\//.exec(line)?.[1];
    if (port) {
      stdout.resume();
      return Number(port);
    }
  }
  throw new Error("no address on standard output");
}
