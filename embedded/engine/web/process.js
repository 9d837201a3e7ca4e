// The part of Node's `process` that means something in a sandbox: facts, the clock, what a server prints, and
// listeners, of which only those of `exit` are ever called.

import { exit, log, memoryUsed, now } from "./host.js";
import { TextDecoder } from "./encoding.js";
import { inspect } from "./inspect.js";
import { invalidType } from "./node-errors.js";
import { Emitter } from "./emitter.js";
import { missingProcessMembers } from "./missing.js";
import { queueMicrotask } from "./timers.js";
import { VERSION } from "./version.js";

/** What Bun says of the Node that it stands for. */
const NODE = "26.3.0";

/** An application finds its port here; `serve.js` puts the sandbox's own in. */
const env = { NODE_ENV: "development", PORT: "3000" };

const seconds = () => now() / 1000;

function hrtime(before) {
  const nanoseconds = hrtime.bigint();
  let [whole, rest] = [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)];
  if (before) {
    [whole, rest] = [whole - before[0], rest - before[1]];
    if (rest < 0) [whole, rest] = [whole - 1, rest + 1e9];
  }
  return [whole, rest];
}
hrtime.bigint = () => BigInt(Math.round(now() * 1e6));

/** A stream of the terminal that a sandbox has not: its lines go to the console. */
const output = (level) => ({
  write(chunk, encoding, done = encoding) {
    const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    log(level, text.endsWith("\n") ? text.slice(0, -1) : text);
    if (typeof done === "function") queueMicrotask(done);
    return true;
  },
  end(chunk) {
    if (chunk !== undefined) this.write(chunk);
  },
  on() {
    return this;
  },
  once() {
    return this;
  },
  isTTY: false,
  writable: true,
});

function memoryUsage() {
  const used = memoryUsed();
  return { rss: used, heapTotal: used, heapUsed: used, external: 0, arrayBuffers: 0 };
}
memoryUsage.rss = memoryUsed;

class Process extends Emitter {
  #isEnding = false;

  env = env;
  argv = ["bun", "/server.js"];
  argv0 = "bun";
  execArgv = [];
  execPath = "/usr/local/bin/bun";
  title = "bun";
  version = `v${NODE}`;
  versions = { node: NODE, bun: VERSION };
  release = { name: "node" };
  platform = "linux";
  arch = "x64";
  pid = 1;
  ppid = 0;
  isBun = true;
  revision = "sandbox";
  browser = false;
  features = {};
  config = {};
  exitCode = undefined;
  stdout = output("log");
  stderr = output("error");
  hrtime = hrtime;
  memoryUsage = memoryUsage;
  uptime = seconds;
  cwd = () => "/";
  umask = () => 0o22;
  getuid = () => 1000;
  geteuid = () => 1000;
  getgid = () => 1000;
  getegid = () => 1000;
  cpuUsage = () => ({ user: Math.round(now() * 1000), system: 0 });

  nextTick(callback, ...values) {
    if (typeof callback !== "function") throw invalidType("callback", "of type function", callback);
    queueMicrotask(() => callback(...values));
  }
  emitWarning(warning, name = "Warning") {
    const title = typeof name === "object" ? (name.type ?? "Warning") : name;
    log("warn", warning instanceof Error ? inspect(warning) : `${title}: ${warning}`);
  }
  abort() {
    exit(134);
  }

  /** May be called without its owner, and by a listener of “exit”, which ends it at once. */
  exit = (code = this.exitCode ?? 0) => {
    this.exitCode = code;
    if (!this.#isEnding) this.#announceEnd(code);
    exit(Number(this.exitCode) & 0xff);
  };

  /** A listener that throws keeps no other from hearing of it. */
  #announceEnd(code) {
    this.#isEnding = true;
    for (const listener of this.listeners("exit")) {
      try {
        listener.call(this, code);
      } catch (error) {
        log("error", inspect(error));
        this.exitCode = 1;
      }
    }
  }
}

Object.defineProperty(Process.prototype, Symbol.toStringTag, {
  value: "process",
  configurable: true,
});
Object.defineProperty(Process, "name", { value: "process" });

export const process = Object.assign(new Process(), missingProcessMembers);
