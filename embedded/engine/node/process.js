// node:process

import { process } from "../internals.js";

export const { env, argv, argv0, execArgv, execPath, title, version, versions, release } = process;
export const { platform, arch, pid, ppid, isBun, revision, browser, features, config } = process;
export const { exitCode, stdout, stderr, hrtime, memoryUsage, uptime, cwd, umask } = process;
export const { getuid, geteuid, getgid, getegid, cpuUsage, nextTick, emitWarning } = process;

const bound =
  (name) =>
  (...values) =>
    process[name](...values);
export const [exit, abort, on, once, off] = ["exit", "abort", "on", "once", "off"].map(bound);
export const [addListener, removeListener, removeAllListeners] = [
  "addListener",
  "removeListener",
  "removeAllListeners",
].map(bound);
export const [emit, listeners, listenerCount, eventNames] = [
  "emit",
  "listeners",
  "listenerCount",
  "eventNames",
].map(bound);

export default process;
