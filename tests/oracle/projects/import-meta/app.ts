// What a file knows of itself, and which of them is the server.
import { other } from "./parts/other.ts";

const tried = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return [message.replace(/from .*\//, "from "), code ?? "none"];
  }
};
const below = (text: unknown) =>
  String(text).replace(/^(file:\/\/)?.*\/(?=(app|parts|none)\b)/, "$1/");

const facts = {
  "/main": () => [
    import.meta.main,
    import.meta.path === Bun.main,
    import.meta.filename === process.argv[1],
  ],
  "/argv": () => [process.argv.length, Bun.argv[1] === Bun.main, below(Bun.main)],
  "/other": () => other(),
  "/env": () => [
    import.meta.env === process.env,
    String(import.meta.hot),
    typeof import.meta.require,
  ],
  "/resolve": () =>
    [
      "./app.ts",
      "./none.js",
      "./parts/other",
      "node:path",
      "bun",
      "bun:sqlite",
      "https://example.com/x",
    ].map((name) => below(import.meta.resolve(name))),
  "/resolveSync": () =>
    ["./app.ts", "./parts/other", "./app", "node:path"].map((name) =>
      below(import.meta.resolveSync(name)),
    ),
  "/none": () => tried(() => import.meta.resolveSync("./none.js")),
};

if (import.meta.main) {
  Bun.serve({
    fetch(req) {
      const fact = facts[new URL(req.url).pathname as keyof typeof facts];
      return fact ? Response.json(fact()) : new Response("none", { status: 404 });
    },
  });
}
