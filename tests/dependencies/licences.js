// Whether each crate and each npm package comes from its registry and has a licence that
// `.ci/deny.toml` allows. Reads the output of `cargo metadata` from standard input.

import { readFileSync } from "node:fs";

// Packages that name no licence in package.json; what their LICENSE says.
const BY_THEIR_FILE = { "htmx-ext-sse": "0BSD", "htmx-ext-ws": "0BSD" };
// Not of SPDX's list, but of a package of ours.
const SPELLED_OTHERWISE = { "BSD-0-Clause": "0BSD" };

const allowed = new Set(allowedBy(readFileSync(".ci/deny.toml", "utf8")));
const faults = [];

const crates = JSON.parse(readFileSync(0, "utf8")).packages;
// Cargo's own registry is where serde comes from.
const registry = crates.find(({ name }) => name === "serde").source;
for (const { name, license, source } of crates) {
  if (source === null && name === "hxlab") continue;
  if (!source?.startsWith("registry+") || source !== registry) {
    faults.push(`crate ${name} comes from ${source}, not from the registry`);
  }
  look(`crate ${name}`, license);
}
for (const folder of ["embedded", "tests"]) {
  const { packages } = JSON.parse(readFileSync(`${folder}/package-lock.json`, "utf8"));
  for (const [place, { license, integrity, resolved }] of Object.entries(packages)) {
    if (place === "") continue;
    const name = place.split("node_modules/").at(-1);
    const what = `npm package ${name} of ${folder}/`;
    if (!integrity) faults.push(`${what} has no hash in package-lock.json`);
    if (resolved) faults.push(`${what} has an address of its own: ${resolved}`);
    look(what, license ?? BY_THEIR_FILE[name]);
  }
}

for (const fault of faults) console.error(`licences: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;

function look(what, expression) {
  if (!expression) return faults.push(`${what} names no licence`);
  if (permits(expression)) return undefined;
  return faults.push(`${what} is under ${expression}, which .ci/deny.toml does not allow`);
}

// The strings of `allow = […]` below `[licenses]`.
function allowedBy(toml) {
  const [, list] = /^\[licenses\]$[^]*?^allow = \[([^\]]*)\]/m.exec(toml);
  return [...list.matchAll(/"([^"]+)"/g)].map(([, licence]) => licence);
}

// An SPDX expression: AND binds closer than OR; older crates write OR as a slash.
function permits(expression) {
  const words = expression.replace(/\//g, " OR ").match(/[()]|[^\s()]+/g);
  const word = () => words.shift();
  const one = () => {
    const first = word();
    if (first === "(") {
      const inner = either();
      word();
      return inner;
    }
    let licence = SPELLED_OTHERWISE[first] ?? first;
    if (words[0] === "WITH") licence += ` ${word()} ${word()}`;
    return allowed.has(licence);
  };
  const all = () => {
    let isAllowed = one();
    while (words[0] === "AND") {
      word();
      isAllowed = one() && isAllowed;
    }
    return isAllowed;
  };
  const either = () => {
    let isAllowed = all();
    while (words[0] === "OR") {
      word();
      isAllowed = all() || isAllowed;
    }
    return isAllowed;
  };
  return either();
}
