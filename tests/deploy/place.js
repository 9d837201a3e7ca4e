// A place where files of /etc can be replaced and any port is free: the name spaces that tests/deploy/run makes.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readlink, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);
/** Nothing takes longer on a slow machine; it only ends a test that has failed. */
const PATIENCE_MS = 120_000;

export class Place {
  static async open() {
    const outside = process.env.OUTSIDE;
    const inside = await readlink("/proc/self/ns/mnt");
    assert.ok(
      outside && outside !== inside,
      "it changes files of /etc: start it by tests/deploy/run",
    );
    const place = new Place();
    place.folder = await mkdtemp(join(tmpdir(), "hxlab-deploy-"));
    place.undo = [];
    return place;
  }

  /** Lays an empty folder over one of the machine, for the programs that are started here. */
  async cover(folder) {
    const ours = join(this.folder, folder);
    await mkdir(ours, { recursive: true });
    await this.#bind(ours, folder);
    return ours;
  }

  /** Lays a file over one of the machine. */
  async replace(path, text) {
    const ours = join(this.folder, path.replaceAll("/", "_"));
    await writeFile(ours, text);
    await this.#bind(ours, path);
  }

  async #bind(ours, theirs) {
    await execute("mount", ["--bind", ours, theirs]);
    this.undo.unshift(() => execute("umount", ["--lazy", theirs]));
  }

  run(program, ...argv) {
    return execute(program, argv);
  }

  /** Starts a program that stays, and waits until it listens at a port of 127.0.0.1, or elsewhere. */
  async start(where, program, ...argv) {
    const child = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    const ended = new Promise((resolve) => child.once("close", resolve));
    this.undo.unshift(async () => {
      child.kill("SIGTERM");
      await ended;
    });
    for (const until = Date.now() + PATIENCE_MS; !(await listens(where));) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`${program}: ${said}`);
      await setTimeout(50);
    }
  }

  async close() {
    for (const undo of this.undo) await undo();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function listens(where) {
  const { host, port } = typeof where === "number" ? { host: "127.0.0.1", port: where } : where;
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const say = (answer) => () => (socket.destroy(), resolve(answer));
    socket.once("connect", say(true)).once("error", say(false));
  });
}
