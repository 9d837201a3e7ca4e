// What a server may be made of, with a sentence for each part, for the editor. The modules are those of the
// engine; the build fails where one has no sentence, or a sentence no module. tests/weblayer holds the members
// to what a sandbox has.
//
// Scripts of the site import it as hxlab:server.

import { readFile } from "node:fs/promises";
import { moduleNames } from "./engine.mjs";

const read = async (name) =>
  JSON.parse(await readFile(new URL(`server/${name}.json`, import.meta.url), "utf8"));

/** { modules, members }: module → sentence, and of each object member → sentence. */
export async function serverApi() {
  const words = await read("modules");
  const names = (await moduleNames()).filter(isOffered);
  const lacking = names.filter((name) => !(name in words));
  const left = Object.keys(words).filter((name) => !names.includes(name));
  if (lacking.length + left.length > 0) {
    throw new Error(
      "embedded/build/server/modules.json does not fit the engine: " +
        `without a sentence: ${lacking.join(", ") || "none"}; no module: ${left.join(", ") || "none"}`,
    );
  }
  return { modules: words, members: await read("members") };
}

/** hono's inner parts are left out, and names without `node:`, which mean the same as those with it. */
const isOffered = (name) => !name.startsWith("hono/utils/") && /^(?:node:|@?hono|bun)/.test(name);

/** An esbuild plugin that provides hxlab:server. */
export const serverPlugin = {
  name: "server-api",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^hxlab:server$/ }, () => ({
      path: "server",
      namespace: "server-api",
      sideEffects: false,
    }));
    onLoad({ filter: /./, namespace: "server-api" }, async () => ({
      contents: JSON.stringify(await serverApi()),
      loader: "json",
    }));
  },
};
