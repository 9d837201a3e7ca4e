// What the kernel says of processes: memory and wake-ups.

import { readFile, readdir } from "node:fs/promises";

/** This process and all that descend from it. */
export async function family(root) {
  const parents = new Map();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "latin1").catch(() => null);
    if (stat)
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const found = [root];
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid) found.push(child);
  }
  return found;
}

const sum = async (pids, measure) =>
  (await Promise.all(pids.map(measure))).reduce((a, b) => a + b, 0);

/** Proportional set size in bytes: shared pages are split among those who share them. */
export const pss = (pids) => sum(pids, (pid) => kilobytes(`/proc/${pid}/smaps_rollup`, "Pss"));

/** Resident set size in bytes. */
export const rss = (pids) => sum(pids, (pid) => kilobytes(`/proc/${pid}/status`, "VmRSS"));

/** Bytes that a process has written to and shares with nobody. */
export const privateDirty = (pid) => kilobytes(`/proc/${pid}/smaps_rollup`, "Private_Dirty");

/** How often these have been given the processor, all threads together. */
export const wakeUps = (pids) =>
  sum(pids, async (pid) => {
    const tasks = await readdir(`/proc/${pid}/task`);
    return sum(tasks, (task) =>
      field(`/proc/${pid}/task/${task}/status`, "voluntary_ctxt_switches"),
    );
  });

/** The processor time of a process so far, all threads together, in milliseconds. */
export async function processorTime(pid) {
  const tasks = await readdir(`/proc/${pid}/task`);
  const nanoseconds = await sum(tasks, async (task) => {
    const text = await readFile(`/proc/${pid}/task/${task}/schedstat`, "latin1");
    return Number(text.split(" ")[0]);
  });
  return nanoseconds / 1e6;
}

const kilobytes = async (file, name) => (await field(file, name)) * 1024;

async function field(file, name) {
  const text = await readFile(file, "latin1");
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)[1]);
}
