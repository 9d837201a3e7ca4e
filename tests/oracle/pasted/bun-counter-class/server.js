// An application in a class, started by an async main.
class Counter {
  #count = 0;
  constructor({ step = 1 } = {}) {
    this.step = step;
  }
  routes() {
    return {
      "/": () => this.page(),
      "/increment": { POST: () => this.change(this.step) },
      "/decrement": { POST: () => this.change(-this.step) },
    };
  }
  change(by) {
    this.#count += by;
    return this.page();
  }
  page() {
    return new Response(`<output id="count">${this.#count}</output>`, {
      headers: { "Content-Type": "text/html" },
    });
  }
}

async function main() {
  const counter = new Counter({ step: 2 });
  await Promise.resolve();
  const server = Bun.serve({
    routes: counter.routes(),
    fetch: () => new Response("?", { status: 404 }),
  });
  console.log(`Listening on ${server.url.href}`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
