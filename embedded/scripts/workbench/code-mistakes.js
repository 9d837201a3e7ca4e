// Known mistakes in the code itself, looked for after each good Run: attributes that do not exist, with their lines,
// before a page shows them.

import { judge } from "../mistakes/attributes.js";
import { mistake } from "../mistakes/sentences.js";
import { shadowedRoute } from "./shadowed-route.js";

const READ = /\.(html?|[cm]?[jt]sx?)$/;
// Between a space or quote and an equals sign with a value, as in a tag; text in comments is left out.
const ATTRIBUTE = /(?<=[\s"'`}])(?:data-)?(?:hx|ws|sse)-[\w:.-]+(?==["'`${\w])/g;
const COMMENTS = /<!--[^]*?-->|\/\*[^]*?\*\/|(?<![:"'`\w])\/\/[^\n]*/g;

export function codeMistakes(project) {
  const files = project.names.filter((name) => READ.test(name) && project.isText(name));
  const code = (file) =>
    project.text(file).replaceAll(COMMENTS, (all) => all.replaceAll(/[^\n]/g, " "));
  const place = (file, index) => {
    const before = code(file).slice(0, index).split("\n");
    return { function: "", file, line: before.length, column: before.at(-1).length + 1 };
  };
  const route = shadowedRoute(files, code);
  const shadowed = route
    ? [mistake({ rule: "shadowed" }, { frame: place(route.file, route.index), isOnce: true })]
    : [];
  return [...attributeMistakes(project, files, code, place), ...shadowed];
}

function attributeMistakes(project, files, code, place) {
  const version = versionOf(files.map((name) => project.text(name)).join("\n"));
  if (!version) return [];
  const isOpen = files.some((name) => /(define|register)Extension/.test(project.text(name)));
  return files.flatMap((file) =>
    [...code(file).matchAll(ATTRIBUTE)].flatMap(({ 0: name, index }) => {
      const broken = judge(name, version, isOpen);
      return broken ? [mistake(broken, { frame: place(file, index), isOnce: true })] : [];
    }),
  );
}

// Where a project has pages of both versions, or of none, nothing can be said.
function versionOf(text) {
  const has = (major) => new RegExp(`/lib/htmx-${major}\\.js|htmx\\.org@${major}`).test(text);
  if (has(2) === has(4)) return null;
  return has(2) ? 2 : 4;
}
