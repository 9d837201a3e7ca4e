// A server that was pasted into a project often answers “/”, and the project's index.html comes before its answer.

const SERVER = /\bBun\.serve\b|\bexport\s+default\b|\bfrom\s*["']hono["']/;
const ROOT = /(?:\.(?:get|all)\(\s*|\bpathname\s*={2,3}\s*|\bcase\s+)(["'`])\/\1/;

/** Where a server's answer to “/” stands that nobody gets; `code` reads a file without its comments. */
export function shadowedRoute(files, code) {
  if (!files.includes("index.html")) return null;
  const scripts = files.filter((name) => /\.[cm]?[jt]sx?$/.test(name));
  for (const file of scripts) {
    const index = SERVER.test(code(file)) ? code(file).search(ROOT) : -1;
    if (index !== -1) return { file, index };
  }
  return null;
}
