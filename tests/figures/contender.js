// A server that is measured: ours or a peer, in a process of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { end } from "../end.js";

const here = dirname(fileURLToPath(import.meta.url));

/** The npm package's own program: npm's shim would be one more process. */
export const bun = join(here, "../node_modules/bun/bin/bun.exe");
export const project = (name) => join(here, "projects", name);

/** A project's files, as a learner's draft has them. */
export async function projectFiles(name) {
  const names = await readdir(project(name));
  const read = async (file) => [file, await readFile(join(project(name), file), "utf8")];
  return Object.fromEntries(await Promise.all(names.map(read)));
}

const peer = (name) => join(here, "peers", name);
const code = (name) => join(project(name), "server.js");

export class Contender {
  constructor(name, program, ...argv) {
    Object.assign(this, { name, program, argv });
  }

  /** Our own, with this project alone. */
  static ours(name) {
    const argv = ["run", project(name), "--listen", "127.0.0.1:0"];
    argv.push("--connections", "12000", "--limit", "sockets=10000");
    return new Contender("hxlab", process.env.HXLAB, ...argv);
  }

  static bun(name) {
    return new Contender("Bun", bun, peer("bun.js"), code(name));
  }

  static node(name) {
    return new Contender("Node.js", process.execPath, peer(`node-${name}.js`), code(name));
  }

  /** Starts it; resolves when it listens. */
  async start() {
    this.folder = await mkdtemp(join(tmpdir(), "hxlab-"));
    await this.settle?.(this.folder);
    const argv = this.argv.map((word) => word.replace("{folder}", this.folder));
    this.child = spawn(this.program, argv, { stdio: ["ignore", "pipe", "inherit"] });
    this.ended = once(this.child, "exit");
    const early = this.ended.then(([status]) => {
      throw new Error(`${this.name} ended with ${status}`);
    });
    this.address = await Promise.race([this.listening(), early]);
    this.port = Number(new URL(this.address).port);
    early.catch(() => {});
    return this;
  }

  /** Its address: a line that it prints, or a port that is known before and answers. */
  async listening() {
    if (!this.listensAt) {
      const [line] = await once(createInterface({ input: this.child.stdout }), "line");
      return line.replace(/^listening on /, "");
    }
    const address = `http://127.0.0.1:${this.listensAt}/`;
    while (!(await fetch(address).catch(() => null))) await wait(10);
    return address;
  }

  async stop() {
    await end(this.child, this.ended);
    await rm(this.folder, { recursive: true, force: true });
  }
}
