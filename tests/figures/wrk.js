// Requests per second, by wrk from Debian's packages.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Requests per second and the 99th percentile in milliseconds; an answer that is no 2xx is an error. */
export async function wrk(url, { host, cookie, connections = 32, seconds = 3 } = {}) {
  const headers = [host && `Host: ${host}`, cookie && `Cookie: ${cookie}`].filter(Boolean);
  const flags = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency"];
  const { stdout } = await run("wrk", [...flags, ...headers.flatMap((it) => ["-H", it]), url]);
  const bad = /Non-2xx.*|Socket errors.*/.exec(stdout);
  if (bad) throw new Error(`${url}: ${bad[0]}`);
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
  const [, value, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout);
  return { perSecond, p99: Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}
