// Faults in a server, and who answers for them.
export default {
  routes: {
    "/thrown": () => {
      throw new TypeError("thrown");
    },
    "/rejected": async () => {
      await Bun.sleep(1);
      throw new RangeError("rejected");
    },
    "/thrown-response": () => {
      throw new Response("a response", { status: 403 });
    },
    "/not-an-error": () => {
      throw "text";
    },
    "/handler-throws": () => {
      throw new Error("twice");
    },
    "/handler-gives-nothing": () => {
      throw new Error("nothing");
    },
    "/fine": () => new Response("fine"),
  },
  error(error) {
    if (error.message === "twice") throw new Error("again");
    if (error.message === "nothing") return undefined;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : `not one: ${error}`;
    return new Response(text, { status: 500, headers: { "X-Handled": "yes" } });
  },
  fetch(req) {
    if (req.url.endsWith("/null")) return null.property;
    return new Response("no", { status: 404 });
  },
};
