// What a project can import: its own files, JSON, and hono.
import { greet, count } from "./greet.js";
import * as all from "./greet.js";
import colours from "./colours.json" with { type: "json" };
import plain, { first } from "./colours.json";
import Greeter from "./greeter.js";
import words from "./words.txt";
import source from "./greeter.js" with { type: "text" };
import { greet as short } from "./greet";

const { greet: again } = await import("./greet.js");
const read = await Bun.file("colours.json").json();
const lazy = () => import("./lazy.js");

const failing = async (load) => {
  try {
    await load();
    return "loaded";
  } catch (error) {
    return error instanceof Error;
  }
};

export default {
  async fetch(req) {
    const path = new URL(req.url).pathname;
    if (path === "/count") return Response.json([count(), all.count(), again === greet]);
    if (path === "/json") return Response.json([colours, plain === colours, first]);
    if (path === "/read") return Response.json([read, words, source.length, short === greet]);
    if (path === "/class") return Response.json(new Greeter("Ada").greet());
    if (path === "/lazy") return Response.json([(await lazy()).value, (await lazy()).times]);
    if (path === "/meta")
      return Response.json([typeof import.meta.url, import.meta.main ?? "none"]);
    if (path === "/failing") {
      return Response.json([
        await failing(() => import("./none.js")),
        await failing(() => import("nowhere")),
        await failing(() => import("./broken.json")),
      ]);
    }
    return new Response(greet("you"));
  },
};
