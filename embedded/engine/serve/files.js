import { Bun, Response, URL, web } from "./host.js";

/** What a file of a project is called; one that the server wrote may have any name, and is no page then. */
const FILE_NAME = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** The project's file for a path that no route answers, as a Response; null where there is none. */
export function projectFile(method, path) {
  if (method !== "GET" && method !== "HEAD") return null;
  // Routes are matched as the path is written; a file is found where the URL leads.
  const plain = path.includes("/.") ? new URL(path, "http://localhost").pathname : path;
  const name = plain.slice(1) + (plain.endsWith("/") ? "index.html" : "");
  if (name === web.serverFile() || !web.projectFiles.has(name)) return null;
  if (!FILE_NAME.test(name)) return null;
  return new Response(Bun.file(name));
}
