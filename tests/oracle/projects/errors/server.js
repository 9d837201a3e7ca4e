// Faults in a server, and who answers for them.
class Refused extends Error {
  name = "Refused";
}

class Captured extends Error {
  name = "Captured";

  constructor(message) {
    super(message);
    Error.captureStackTrace(this, Captured);
  }
}

const titles = () => {
  const changed = new Error("before");
  changed.message = "after";
  const plain = { name: "Plain", message: "not an error" };
  Error.captureStackTrace(plain);
  const errors = [
    new TypeError("on\ntwo lines"),
    new RangeError(),
    new Refused("no"),
    new Captured("yes"),
    new AggregateError([1], "several"),
    changed,
    plain,
  ];
  return errors.map(({ stack }) => stack.slice(0, stack.indexOf("\n    at ")));
};

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
    "/stack-titles": () => Response.json(titles()),
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
