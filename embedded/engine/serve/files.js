import { Bun, Response, URL, web } from "./host.js";

/** The project's file for a path that no route answers, as a Response; null where there is none. */
export function projectFile(method, path) {
  if (method !== "GET" && method !== "HEAD") return null;
  // Routes are matched as the path is written; a file is found where the URL leads.
  const plain = path.includes("/.") ? new URL(path, "http://localhost").pathname : path;
  const name = plain === "/" ? "index.html" : plain.slice(1);
  if (name === web.serverFile() || !web.projectFiles.has(name)) return null;
  return new Response(Bun.file(name));
}
