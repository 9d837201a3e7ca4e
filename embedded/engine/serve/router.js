import { directory } from "./directory.js";
import { Blob, Response, SafeMap, web } from "./host.js";
import { standing } from "./standing.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

/**
 * A function from what is asked and its path to who answers; it sets `params` of what is asked. It
 * matches paths as Bun does: at each part of the path, the exact word goes before `:param`, and
 * that before a `*` at the end; a way that leads nowhere is given up for the next, and so is a
 * route that does not know the method.
 */
export function routerOf(routes) {
  const root = node();
  /** Paths without parameters: nothing goes before them, and most routes are such. */
  const exact = new SafeMap();
  for (const [path, target] of Object.entries(routes)) {
    if (!path.startsWith("/")) throw new TypeError(`The route “${path}” must begin with “/”`);
    const answer = answerOf(path, target);
    const names = namesIn(path);
    if (new Set(names).size < names.length) {
      throw new TypeError(`The route “${path}” has two parts of the same name`);
    }
    if (!answer) continue;
    if (names.length === 0 && !path.endsWith("/*")) exact.set(path, answer);
    insert(root, path.slice(1).split("/"), { answer, names });
  }
  return (asked, path) => {
    const answer = exact.get(path)?.(asked.method);
    if (answer) {
      asked.params = {};
      return answer;
    }
    for (const { leaf, values } of ways(root, path.slice(1).split("/"), 0, [])) {
      const answer = leaf.answer(asked.method, path);
      if (!answer) continue;
      asked.params = paramsOf(leaf.names, values);
      return answer;
    }
    return null;
  };
}

const node = () => ({ words: new SafeMap(), param: null, leaves: [], rest: [] });

function insert(from, parts, leaf) {
  let at = from;
  for (const [index, part] of parts.entries()) {
    if (part === "*" && index === parts.length - 1) return at.rest.push(leaf);
    if (part.startsWith(":")) at = at.param ??= node();
    else {
      if (!at.words.has(part)) at.words.set(part, node());
      at = at.words.get(part);
    }
  }
  return at.leaves.push(leaf);
}

function* ways(at, parts, index, values) {
  if (index === parts.length) {
    for (const leaf of at.leaves) yield { leaf, values };
    return;
  }
  const part = parts[index];
  const exact = at.words.get(part);
  if (exact) yield* ways(exact, parts, index + 1, values);
  if (at.param && part !== "") yield* ways(at.param, parts, index + 1, [...values, part]);
  for (const leaf of at.rest) yield { leaf, values };
}

/** What a route is, as a function from the method, and the path that is asked, to who answers it. */
function answerOf(path, target) {
  if (target === false || target === undefined) return null;
  if (typeof target === "function") return () => target;
  if (target instanceof Blob) return answerOf(path, new Response(target));
  if (target instanceof Response) return standing(target);
  if (target?.dir !== undefined) return directory(path, target.dir);
  const methods = Object.keys(target ?? {}).filter((name) => METHODS.includes(name));
  if (typeof target !== "object" || methods.length === 0) {
    throw new TypeError(
      `The route “${path}” must be a Response, a function, an object of them by method, or { dir: “./folder” }`,
    );
  }
  const answers = Object.fromEntries(
    methods.map((method) => [method, answerOf(path, target[method])]),
  );
  return (method) => (answers[method] ?? (method === "HEAD" ? answers.GET : undefined))?.(method);
}

const namesIn = (path) =>
  path
    .split("/")
    .filter((part) => part.startsWith(":"))
    .map((part) => part.slice(1));

const paramsOf = (names, values) =>
  Object.fromEntries(names.map((name, index) => [name, decoded(values[index])]));

function decoded(part) {
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    // What is left of a broken escape is unreadable, in Bun as well.
    return web.percentDecode(part).replaceAll("%", "\ufffd");
  }
}
