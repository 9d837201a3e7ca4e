// What `this` is wherever the server answers: the server itself, so that a method needs no second argument.
const name = (it) => (typeof it?.upgrade === "function" ? "the server" : String(it));

Bun.serve({
  greeting: "hello",
  routes: {
    "/route": function () {
      return new Response(`route: ${name(this)}, ${this.greeting}`);
    },
    "/method": {
      GET() {
        return new Response(`method: ${name(this)}`);
      },
    },
    "/throws": function () {
      throw new Error("thrown");
    },
    "/inner": async () => new Response(await (await server.fetch("/elsewhere")).text()),
    "/reload": function () {
      this.reload({
        fetch() {
          return new Response(`reloaded: ${name(this)}`);
        },
      });
      return new Response("done");
    },
  },
  fetch(req) {
    server = this;
    if (this.upgrade(req)) return;
    return new Response(`fetch: ${name(this)}, ${this.greeting}, ${this.pendingRequests}`);
  },
  error(error) {
    return new Response(`error: ${name(this)}, ${error.message}`, { status: 500 });
  },
  websocket: {
    greeting: "hello",
    open(ws) {
      ws.send(`open: ${name(this)}`);
    },
    message(ws) {
      ws.send(`message: ${name(this)}`);
    },
  },
});

let server;
