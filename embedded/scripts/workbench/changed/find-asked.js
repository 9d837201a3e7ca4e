// Where in the learner's code an attribute stands that a page has. The page has it filled in, the code may have
// `${…}` in its place; where several fit, the one of an element with the same id, or else all of them.

const MOST = 3;

/** { file, line, column } of each place that fits, at most three. */
export function findAsked(project, { name, value, id }) {
  const plain = name.replace(/^data-/, "");
  if (!/^[\w:.-]+$/.test(plain)) return [];
  const places = project.names
    .filter((file) => project.isText(file))
    .flatMap((file) => placesIn(file, project.text(file), { name: plain, value }));
  const exact = places.filter((each) => each.isExact);
  const fitting = exact.length ? exact : places;
  const ofElement = fitting.filter(({ tag }) => id && hasId(tag, id));
  return (ofElement.length ? ofElement : fitting).slice(0, MOST);
}

const hasId = (tag, id) => new RegExp(`\\bid=["'{\`]*${escape(id)}["'\`}\\s>]`).test(`${tag} `);

function placesIn(file, text, { name, value }) {
  const pattern = new RegExp(
    `(?<![\\w-])(?:data-)?${escape(name)}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|\\{\\s*[\`"']([^\`]*?)[\`"']\\s*\\}|(\\S+?)(?=[\\s>]))`,
    "g",
  );
  return [...text.matchAll(pattern)].flatMap((found) => {
    const written = found.slice(1).find((each) => each !== undefined) ?? "";
    if (!fits(written, value)) return [];
    const before = text.slice(0, found.index).split("\n");
    const tag = /<[^<]*$/.exec(text.slice(0, found.index))?.[0] ?? "";
    const rest = /^[^<>]*/.exec(text.slice(found.index))[0];
    const place = { file, line: before.length, column: before.at(-1).length + 1 };
    return [{ ...place, function: "", tag: tag + rest, isExact: written === value }];
  });
}

function fits(written, value) {
  const plain = written.replaceAll("&amp;", "&");
  if (plain === value) return true;
  if (!plain.includes("${")) return false;
  return fillsIn(plain.split(/\$\{[^}]*\}/), value);
}

// Whether a value begins with the first of these texts, ends with the last, and has the others between them in their order.
function fillsIn([first, ...others], value) {
  const last = others.pop();
  if (last === undefined || !value.startsWith(first)) return false;
  const end = value.length - last.length;
  let at = first.length;
  for (const text of others) {
    const found = value.indexOf(text, at);
    if (found < 0) return false;
    at = found + text.length;
  }
  return at <= end && value.endsWith(last);
}

const escape = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
