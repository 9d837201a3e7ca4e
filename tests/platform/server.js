// Runs one file of the web-platform-tests in a sandbox; `/` answers what became of each of its tests.
// order.json lists the scripts in their order; other files are what the tests ask `fetch` for.

const shell = {
  self: globalThis,
  GLOBAL: { isWindow: () => false, isWorker: () => false, isShadowRealm: () => false },
  location: { href: "http://web-platform.test/", search: "", pathname: "/" },
  // Resources lie flat beside the tests.
  fetch: async (path) => new Response(await Bun.file(path.split("/").at(-1)).text()),
};
for (const [name, value] of Object.entries(shell)) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

const finished = Promise.withResolvers();

// Classic scripts share the global scope, as in a browser; modules would not. What `const` declares is
// shared as well, so all that belong together are evaluated in one go.
async function evaluate(...names) {
  const texts = await Promise.all(names.map((name) => Bun.file(name).text()));
  (0, eval)(texts.join("\n;\n"));
}

async function run() {
  const [harness, ...scripts] = await Bun.file("order.json").json();
  await evaluate(harness);
  globalThis.setup({ explicit_timeout: true });
  globalThis.add_completion_callback((tests, { status, message }) => {
    const told = tests.map((test) => ({
      name: test.name,
      passed: test.status === 0,
      why: test.message,
    }));
    finished.resolve({ ended: status === 0, message, tests: told });
  });
  await evaluate(...scripts);
  globalThis.done();
}

setTimeout(() =>
  run().catch((error) => {
    finished.resolve({ ended: false, message: `${error.name}: ${error.message}`, tests: [] });
  }),
);

export default {
  idleTimeout: 0,
  async fetch() {
    return Response.json(await finished.promise);
  },
};
