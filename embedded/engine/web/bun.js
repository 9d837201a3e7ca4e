import { table } from "./console-table.js";
import { facts, tools } from "./bun-parts.js";
import { BunFile } from "./bun-file.js";
import { hash } from "./bun-hash.js";
import { waits } from "./bun-waits.js";
import { write } from "./bun-write.js";
import { compression } from "./compression.js";
import { Cookie } from "./cookie.js";
import { CookieMap } from "./cookie-map.js";
import { CryptoHasher } from "./crypto-hasher.js";
import { inspect } from "./inspect.js";
import { missingMembers } from "./missing.js";
import { hashers, sha } from "./named-hashers.js";
import { password } from "./password.js";
import { process } from "./process.js";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

inspect.table = (rows, columns) => `${table(rows, columns) ?? inspect(rows)}\n`;

/**
 * Bun's global: what makes sense in a sandbox, and for the rest what to do instead. `serve` and `fetch` come with
 * serve.js.
 */
export const Bun = {
  file: (path, options) => new BunFile(path, options),
  write,
  env: process.env,
  escapeHTML: (value) => String(value).replace(/[&<>"']/g, (mark) => ESCAPES[mark]),
  inspect,
  ...facts,
  ...tools,
  Cookie,
  CookieMap,
  CryptoHasher,
  ...hashers,
  hash,
  sha,
  ...compression,
  ...waits,
  password,
  ...missingMembers,
};
