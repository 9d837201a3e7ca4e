// What each version of htmx knows: attributes, values, events and headers, with a sentence for each. The names
// come from the sources of what learners' pages load (`libraries.mjs`); the sentences, in htmx/, are ours. The
// build fails where a source has a name without a sentence, or a sentence stands there without a name.
//
// Scripts of the site import one of these modules:
//   hxlab:htmx-2, hxlab:htmx-4   { version, attributes, events, … }, see `htmxNames`
//   hxlab:htmx-known             { "2": [attributes], "4": [attributes], "extensions": [attributes] }, names alone

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { libraries } from "./libraries.mjs";

const embedded = fileURLToPath(new URL("..", import.meta.url));
const VERSIONS = ["2", "4"];

/** `hx-` names in the sources that are no attributes: elements, marks of htmx's own, parts of a selector. */
const NO_ATTRIBUTES = ["hx-oob", "hx-partial", "hx-revealed"];
/** Of htmx's own: a key that it tries the storage with, and beginnings that a kind of template or morph follows. */
const NO_EVENTS = ["htmx:sessionStorageTest", "htmx:xhr:", "htmx:process:"];

/** All that is known of a version: each member but `version` and `elsewhere` maps names to sentences. */
export async function htmxNames(version) {
  const source = await sourceOf(version);
  const words = await wordsFor(version);
  const { attributes, events, requestHeaders, responseHeaders, styles } = words;
  agree(`attributes of htmx ${version}`, attributesIn(source), Object.keys(attributes));
  agree(`events of htmx ${version}`, eventsIn(source), Object.keys(events));
  const headers = Object.keys({ ...requestHeaders, ...responseHeaders });
  agree(`headers of htmx ${version}`, headersIn(source, headers), headers);
  agree(`swap styles of htmx ${version}`, stylesIn(source), Object.keys(styles));
  const other = await wordsFor(VERSIONS.find((each) => each !== version));
  const gone = Object.keys(other.attributes).filter((name) => !(name in attributes));
  agree(`names that htmx ${version} does not have`, gone, Object.keys(words.instead));
  for (const name of [
    ...Object.keys(words.swapModifiers),
    ...Object.keys(words.triggerModifiers),
  ]) {
    if (!source.includes(name)) throw new Error(`htmx ${version} has no modifier “${name}”`);
  }
  return { version: await packageVersion(version), ...words };
}

/** The attributes of each version, and those of htmx 4's extensions that the sandbox does not have. */
export async function knownAttributes() {
  const known = {};
  for (const version of VERSIONS) {
    known[version] = Object.keys((await wordsFor(version)).attributes);
  }
  const folder = join(embedded, "node_modules/htmx4/dist/ext");
  const files = (await readdir(folder)).filter((name) => /^hx-[\w-]+(?<!\.min)\.js$/.test(name));
  const sources = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  const all = sources.flatMap((text) => attributesIn(withoutComments(text)));
  known.extensions = [...new Set(all)].filter((name) => !known["4"].includes(name)).sort();
  return known;
}

/** An esbuild plugin that provides the modules named above. */
export const htmxPlugin = {
  name: "htmx-names",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^hxlab:htmx-(2|4|known)$/ }, ({ path }) => ({
      path: path.slice("hxlab:".length),
      namespace: "htmx-names",
      sideEffects: false,
    }));
    onLoad({ filter: /./, namespace: "htmx-names" }, async ({ path }) => {
      const which = path.slice("htmx-".length);
      const data = which === "known" ? await knownAttributes() : await htmxNames(which);
      return { contents: JSON.stringify(data), loader: "json" };
    });
  },
};

/** The readable sources of what a page of this version may load, one after the other. */
async function sourceOf(version) {
  const own = Object.entries(libraries).filter(([name]) => name.startsWith(`htmx-${version}`));
  const paths = own.map(([, path]) => path.replace(".min.js", ".js"));
  const read = (path) => readFile(join(embedded, "node_modules", path), "utf8");
  return withoutComments((await Promise.all(paths.map(read))).join("\n"));
}

async function packageVersion(version) {
  const path = join(embedded, "node_modules", `htmx${version}`, "package.json");
  return JSON.parse(await readFile(path, "utf8")).version;
}

/** Lines that are comments, and the ends of lines; what stands in a string after `//` is an address. */
const withoutComments = (text) =>
  text.replace(/\/\*[^]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");

async function wordsFor(version) {
  const read = async (name) =>
    JSON.parse(await readFile(join(embedded, "build/htmx", `${name}.json`), "utf8"));
  const pick = (table) =>
    Object.fromEntries(
      Object.entries(table)
        .map(([name, words]) => [name, typeof words === "string" ? words : words[version]])
        .filter(([, words]) => words),
    );
  const headers = await read("headers");
  const values = Object.entries(await read("values")).map(([name, table]) => [name, pick(table)]);
  return {
    attributes: pick(await read("attributes")),
    events: (await read("events"))[version],
    requestHeaders: pick(headers.request),
    responseHeaders: pick(headers.response),
    ...Object.fromEntries(values),
    instead: (await read("instead"))[version],
  };
}

const all = (source, pattern) => [...source.matchAll(pattern)].map(([, found]) => found);

function attributesIn(source) {
  const verbs = /(?:VERBS|#verbs) = \[([^\]]*)\]/.exec(source)?.[1] ?? "";
  const names = [
    ...all(verbs, /['"](\w+)['"]/g).map((verb) => `hx-${verb}`),
    ...all(source, /['"`[.(](hx-[a-z]+(?:-[a-z]+)*(?::(?:connect|send|close))?)(?=[^\w-]|:)/g),
    ...all(source, /['"`](hx-live)/g),
  ];
  // The names of the extensions ws and sse of htmx 2; those of htmx 4 only warn of them.
  if (!source.includes("registerExtension")) {
    names.push(...all(source, /['"`[]((?:ws|sse)-[a-z]+)['"`\]]/g));
  }
  const isPart = (name) => ["hx-ws", "hx-sse"].includes(name);
  return [...new Set(names)].filter((name) => !NO_ATTRIBUTES.includes(name) && !isPart(name));
}

function eventsIn(source) {
  const parts = /\['loadstart'[^\]]*\]/.exec(source)?.[0] ?? "";
  const names = [
    ...all(source, /['"`](htmx:[\w:]*\w)/g),
    ...all(source, /['"`](htmx:(?:xhr|process):)/g),
    ...all(parts, /'(\w+)'/g).map((part) => `htmx:xhr:${part}`),
  ].filter((name) => !/^htmx:(xhr|process):?$/.test(name));
  return [...new Set(names)].filter((name) => !NO_EVENTS.includes(name));
}

/** Where htmx 4 takes all headers that begin with HX-, it names one as `hx.pushurl`: such a name is found in `known`. */
function headersIn(source, known) {
  const short = (name) => name.slice(3).toLowerCase().replaceAll("-", "");
  const byName = all(source, /['"`/](HX-[A-Za-z]+(?:-[A-Za-z]+)*)/g);
  const byShort = all(source, /\bhx\??\.([a-z]+)\b/g).map(
    (found) => known.find((name) => short(name) === found) ?? `hx.${found}`,
  );
  return [...new Set([...byName, ...byShort])];
}

function stylesIn(source) {
  const old = /function swapWithStyle[^]*?\n {2}\}/.exec(source)?.[0];
  const names = old
    ? [...all(old, /case '(\w+)'/g), ...all(source, /swapStyle === '(\w+)'/g)]
    : [...all(source, /[sS](?:wapS)?tyle === '(\w+)'/g)];
  return [...new Set(names)];
}

function agree(what, found, explained) {
  const lacking = found.filter((name) => !explained.includes(name));
  const left = explained.filter((name) => !found.includes(name));
  if (lacking.length + left.length === 0) return;
  const lists = `without a sentence: ${lacking.join(", ") || "none"}; not in its source: ${left.join(", ") || "none"}`;
  throw new Error(`embedded/build/htmx does not fit the ${what}: ${lists}`);
}
