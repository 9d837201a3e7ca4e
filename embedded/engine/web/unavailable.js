/** A sandbox has no network; the promise says so instead of a ReferenceError. */
export async function fetch(resource) {
  throw new TypeError(
    `fetch(${JSON.stringify(String(resource?.url ?? resource))}) cannot work here: a sandbox has no network`,
  );
}
