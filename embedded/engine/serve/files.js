import { Bun, Response, web } from "./host.js";

/** The project's file for a path that no route answers, as a Response; null where there is none. */
export function projectFile(method, path) {
  if (method !== "GET" && method !== "HEAD") return null;
  const name = path === "/" ? "index.html" : path.slice(1);
  if (name === "server.js" || !web.projectFiles.has(name)) return null;
  return new Response(Bun.file(name));
}
