// Writes FOLDER/NAME.json: what `Intl` says in each language, reduced from the packages of the Unicode CLDR, which
// are pinned at the version that Bun has (`process.versions.icu`; ICU 78 has CLDR 48).
//
// NAME.json has a line for each section; a language's variant has only what it says differently than its parent,
// which CLDR's rules of inheritance name. common.json is what belongs to no language.
//
// It takes some seconds, so the result is kept in node_modules/.cache: until npm installs again, or the code changes.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { common } from "./cldr/common.mjs";
import { sections } from "./cldr/sections.mjs";

/** All variants of these are here too, but for those in a script that few read. */
const LANGUAGES = new Set(
  "ar cs da de el en es fi fr he hi hu it ja ko nb nl pl pt ro ru sv tr uk zh".split(" "),
);
const RARE_SCRIPTS = /Latn|Dsrt|Shaw/;

const packages = fileURLToPath(new URL("../node_modules", import.meta.url));
const read = async (path) => JSON.parse(await readFile(join(packages, path), "utf8"));

export async function buildLocales(folder) {
  const kept = join(packages, ".cache", "locales", await codeVersion());
  if (!existsSync(kept)) {
    const unfinished = `${kept}.${process.pid}`;
    await reduce(unfinished);
    await rename(unfinished, kept).catch(() => rm(unfinished, { recursive: true }));
  }
  await cp(kept, folder, { recursive: true });
}

/** A hash of this code. */
async function codeVersion() {
  const hash = createHash("sha256");
  const parts = await readdir(new URL("cldr", import.meta.url));
  for (const name of ["cldr.mjs", ...parts.sort().map((part) => `cldr/${part}`)]) {
    hash.update(await readFile(new URL(name, import.meta.url)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function reduce(folder) {
  const tags = await tagsHere();
  const parents = await parentsOf(tags);
  await mkdir(folder, { recursive: true });
  // The licence asks for its text beside the data.
  await copyFile(join(packages, "cldr-core/LICENSE"), join(folder, "LICENSE"));
  const all = {};
  for (const tag of tags) {
    all[tag] = await sections(read, tag);
  }
  for (const tag of tags) {
    const own = differences(all[tag], all[parents[tag]]);
    if (Object.keys(own).length > 0) await write(folder, tag, own);
  }
  await write(folder, "common", { tags, parents, ...(await common(read, tags)) });
}

async function tagsHere() {
  const { full } = (await read("cldr-core/availableLocales.json")).availableLocales;
  return full.filter((tag) => LANGUAGES.has(tag.split("-")[0]) && !RARE_SCRIPTS.test(tag));
}

/** By its tag the one whose words a variant shares where it has none of its own. */
async function parentsOf(tags) {
  const { parentLocale } = (await read("cldr-core/supplemental/parentLocales.json")).supplemental
    .parentLocales;
  const parentOf = (tag) => {
    const named = parentLocale[tag];
    if (named === "root" || named === "und") return tag.split("-")[0];
    return tags.includes(named) ? named : tag.replace(/-?[^-]*$/, "");
  };
  const variants = tags.filter((tag) => tag.includes("-"));
  return Object.fromEntries(variants.map((tag) => [tag, parentOf(tag)]));
}

/** Of each section what differs from the parent's. */
function differences(own, parents) {
  if (!parents) return own;
  const entries = Object.entries(own).map(([name, section]) => [
    name,
    difference(section, parents[name]),
  ]);
  return Object.fromEntries(entries.filter(([, it]) => Object.keys(it).length > 0));
}

/** What `child` has that `parent` has not, or has otherwise; null stands for what it lacks. */
function difference(child, parent) {
  const found = {};
  for (const key of new Set([...Object.keys(parent), ...Object.keys(child)])) {
    const [ours, theirs] = [child[key], parent[key]];
    if (JSON.stringify(ours) === JSON.stringify(theirs)) continue;
    const isNested = [ours, theirs].every(
      (it) => typeof it === "object" && it !== null && !Array.isArray(it),
    );
    found[key] = isNested ? difference(ours, theirs) : (ours ?? null);
  }
  return found;
}

async function write(folder, name, parts) {
  const lines = Object.entries(parts).map(([key, it]) => `"${key}":${JSON.stringify(it)}`);
  await writeFile(join(folder, `${name}.json`), `{\n${lines.join(",\n")}\n}\n`);
}
