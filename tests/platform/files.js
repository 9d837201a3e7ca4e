// Which of the web-platform-tests cover what the Web layer has, and what each of them needs.

import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Folders by area. Left out: what needs a page (FileReader, object URLs, workers, transfer between
 * realms), encodings that the layer says it has not, and ciphers and key pairs.
 */
const AREAS = {
  URL: { folders: ["url"] },
  Encoding: {
    folders: ["encoding"],
    without: /legacy|iso-2022|gb18030|replacement|sharedarraybuffer|unsupported|single-byte/i,
  },
  "Encoding streams": { folders: ["encoding/streams"], without: /realms|sharedarraybuffer/i },
  Streams: {
    folders: [
      "streams",
      "streams/piping",
      "streams/readable-streams",
      "streams/readable-byte-streams",
      "streams/transform-streams",
      "streams/writable-streams",
    ],
    without: /transfer|crashtests|garbage|cross-realm/i,
  },
  "Abort, events": {
    folders: ["dom/abort", "dom/events"],
    without: /crash|gc|reason-constructor/i,
  },
  "Blob, File": { folders: ["FileAPI/blob", "FileAPI/file"], without: /url|send-file/i },
  "Base64, clone, timers": {
    folders: [
      "html/webappapis/atob",
      "html/webappapis/microtask-queuing",
      "html/webappapis/structured-clone",
      "html/webappapis/timers",
      "webidl/ecmascript-binding/es-exceptions",
    ],
  },
  "Console, time": { folders: ["console", "hr-time"] },
  "Digest, HMAC, random": {
    folders: ["WebCryptoAPI", "WebCryptoAPI/digest", "WebCryptoAPI/sign_verify"],
    without: /ecdsa|eddsa|rsa|algorithm-discards|historical/i,
  },
};

/** `[{ area, path }]` of all test files. */
export async function testFiles(root) {
  const found = [];
  for (const [area, { folders, without }] of Object.entries(AREAS)) {
    for (const folder of folders) {
      for (const name of (await readdir(join(root, folder))).sort()) {
        if (!name.endsWith(".any.js") || /^idlharness/.test(name) || without?.test(name)) continue;
        found.push({ area, path: `${folder}/${name}` });
      }
    }
  }
  return found;
}

/** The files of a project that runs a test: the harness, its scripts in order, and its resources. */
export async function projectFor(root, path) {
  const source = await readFile(join(root, path), "utf8");
  const files = { "server.js": await readFile(new URL("server.js", import.meta.url), "utf8") };
  const order = [];
  const add = async (from) => {
    const name = `${order.length}-${from.split("/").at(-1)}`.replace(/[^\w.-]/g, "-").slice(-60);
    files[name] = await readFile(join(root, from), "utf8");
    order.push(name);
  };
  await add("resources/testharness.js");
  for (const [, script] of source.matchAll(/^\/\/ META: script=(\S+)/gm)) {
    await add(script.startsWith("/") ? script.slice(1) : join(dirname(path), script));
  }
  await add(path);
  files["order.json"] = JSON.stringify(order);
  for (const [, resource] of source.matchAll(/fetch\("([^"]+\.json)"/g)) {
    const text = await readFile(join(root, dirname(path), resource), "utf8");
    files[resource.split("/").at(-1)] = JSON.stringify(JSON.parse(text));
  }
  return files;
}
