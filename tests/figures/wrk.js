// Requests per second, by wrk from Debian's packages.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Requests per second when those with these cookies ask in turn. */
export async function inTurnByWrk(url, { host, cookies }) {
  const folder = await mkdtemp(join(tmpdir(), "hxlab-wrk-"));
  const script = join(folder, "turn.lua");
  await writeFile(script, turn(host, cookies));
  const flags = ["-t1", "-c32", "-d3s", "-s", script];
  const { stdout } = await run("wrk", [...flags, url]);
  await rm(folder, { recursive: true });
  const bad = /Non-2xx.*|Socket errors.*/.exec(stdout);
  if (bad) throw new Error(`${url}: ${bad[0]}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
}

const turn = (host, cookies) => `
local cookies = { ${cookies.map((cookie) => JSON.stringify(cookie)).join(", ")} }
local place = 0
request = function()
  place = place % #cookies + 1
  return wrk.format(nil, nil, { ["Host"] = "${host}", ["Cookie"] = cookies[place] })
end
`;
