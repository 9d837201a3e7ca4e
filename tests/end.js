// The end of a process that a test or a figure started.

/** Asks it to end, and kills it when it does not; `ended` resolves when it is gone. */
export async function end(child, ended) {
  // Bun passes SIGTERM on to the script that it started, which would outlive a SIGKILL.
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 6000);
  await ended;
  clearTimeout(timer);
}
