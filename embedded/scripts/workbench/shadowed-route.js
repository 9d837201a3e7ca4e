// A server that was pasted into a project often answers “/”, and the project's index.html comes before its answer.

const HONO = /\bfrom\s*["']hono["']/;
const SERVER = /\bBun\.serve\b|\bexport\s+default\b/;
const ROUTE = /\.(?:get|all)\(\s*(["'`])\/\1\s*,/;
const PATH = /\bpathname\s*={2,3}\s*(["'`])\/\1/;
// Of a server that asks for the method, the answer may be to a POST, which a file does not answer.
const METHOD = /\bmethod\b/;

/** Where a server's answer to “/” stands that nobody gets; `code` reads a file without its comments. */
export function shadowedRoute(files, code) {
  if (!files.includes("index.html")) return null;
  const scripts = files.filter((name) => /\.[cm]?[jt]sx?$/.test(name));
  for (const file of scripts) {
    const index = rootIn(code(file));
    if (index !== -1) return { file, index };
  }
  return null;
}

function rootIn(text) {
  if (HONO.test(text)) return text.search(ROUTE);
  return SERVER.test(text) && !METHOD.test(text) ? text.search(PATH) : -1;
}
