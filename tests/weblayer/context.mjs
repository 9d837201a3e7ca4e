// The Web layer in a context of Node that has nothing but the language itself, as in QuickJS, on
// natives made of Node's own. So nothing can work here only because Node happens to have it.

import { build } from "../../embedded/node_modules/esbuild/lib/main.js";
import { buildEngine } from "../../embedded/build/engine.mjs";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const here = fileURLToPath(new URL(".", import.meta.url));
const engine = await mkdtemp(join(tmpdir(), "weblayer-"));
process.on("exit", () => void rm(engine, { recursive: true, force: true }));
await buildEngine(engine);
const webLayer = await readFile(join(engine, "web.js"), "utf8");
const modules = JSON.parse(await readFile(join(engine, "modules.json"), "utf8"));

/**
 * A fresh context. `run(body, ...args)` calls a function there and answers its result as JSON would
 * carry it; `logs` collects console lines as `[level, text]`; `load(name)` puts the exports of
 * `apps/NAME.js`, which may import hono, on the global `app`.
 */
export function webContext() {
  const logs = [];
  const context = vm.createContext(Object.create(null));
  vm.runInContext(`globalThis.__host = {}`, context);
  Object.assign(context.__host, natives(context, logs));
  vm.runInContext(`(() => {${webLayer}})()`, context, { filename: "web.js" });
  return {
    logs,
    async run(body, ...args) {
      const call = `(async () => JSON.stringify(await (${body})(...${JSON.stringify(args)})))()`;
      const text = await vm.runInContext(call, context, { filename: "server.js" });
      return text === undefined ? undefined : JSON.parse(text);
    },
    async load(name) {
      vm.runInContext(await bundle(name), context, { filename: `${name}.js` });
    },
  };
}

function natives(context, logs) {
  const bytes = (source) => new context.Uint8Array(source);
  context.Uint8Array = vm.runInContext("Uint8Array", context);
  const parts = (url) => ({
    ...Object.fromEntries(
      "href protocol username password host hostname port pathname search hash origin"
        .split(" ")
        .map((part) => [part, url[part]]),
    ),
  });
  const timers = new Map();
  const started = performance.now();
  return {
    utf8Encode: (text) => bytes(new TextEncoder().encode(text)),
    utf8Decode(source, fatal, ignoreBOM) {
      try {
        return new TextDecoder("utf-8", { fatal, ignoreBOM }).decode(source);
      } catch {
        throw new context.TypeError("The encoded text is not valid UTF-8");
      }
    },
    randomBytes: (length) => bytes(randomBytes(length)),
    digest: (name, source) => bytes(createHash(plain(name)).update(source).digest()),
    hmac: (name, key, source) => bytes(createHmac(plain(name), key).update(source).digest()),
    bytesToText: (source, encoding) => Buffer.from(source).toString(encoding),
    textToBytes: (text, encoding) => bytes(Buffer.from(text, encoding)),
    memoryUsed: () => 1,
    exit: () => {},
    // Bun's tags are of another hash; here they only have to tell bodies apart.
    etag: (source) => createHash("sha1").update(source).digest("hex").slice(0, 16),
    now: () => performance.now() - started,
    parseUrl: (input, base) => (URL.canParse(input, base) ? parts(new URL(input, base)) : null),
    setUrl(href, part, value) {
      const url = new URL(href);
      url[part] = value;
      return parts(url);
    },
    setTimer(id, wait) {
      timers.set(
        id,
        setTimeout(() => context.__timer(id), wait),
      );
    },
    // Node keeps what a proxy stands before to itself; the oracle sees to it.
    proxyTarget: () => undefined,
    clearTimer: (id) => clearTimeout(timers.get(id)),
    log: (level, text) => void logs.push([level, text]),
    explained: () => undefined,
  };
}

/** Node names hashes without the dash. */
const plain = (name) => name.replace("-", "");

/** An application with the hono that learners get, as one script. */
async function bundle(name) {
  const resolve = {
    name: "learner imports",
    setup(plugin) {
      plugin.onResolve({ filter: /^hono(\/|$)/ }, ({ path }) =>
        modules[path]
          ? { path: join(engine, modules[path]) }
          : { errors: [{ text: `${path} cannot be imported` }] },
      );
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(here, "apps", `${name}.js`)],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "app",
    platform: "neutral",
    external: ["node:*", "cloudflare:*"],
    plugins: [resolve],
  });
  return outputFiles[0].text;
}

/** The name and message of what a function in the context throws. */
export const thrown = (body) =>
  `async () => { try { await (${body})(); } catch (error) { return [error?.name, error?.message]; } return null; }`;
