import { Bun, Response, SafeSet, URL, web } from "./host.js";

/** The names of the files that the learner has given; what the server writes beside them is its own, and no page. */
const given = new SafeSet();

export const giveFile = (name) => given.add(name);

/** What a page of a project is called. */
const FILE_NAME = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** The project's file for a path that no route answers, as a Response; null where there is none. */
export function projectFile(method, path) {
  if (method !== "GET" && method !== "HEAD") return null;
  // Routes are matched as the path is written; a file is found where the URL leads.
  const plain = path.includes("/.") ? new URL(path, "http://localhost").pathname : path;
  const name = plain.slice(1) + (plain.endsWith("/") ? "index.html" : "");
  if (name === web.serverFile() || !given.has(name) || !web.projectFiles.has(name)) return null;
  if (!FILE_NAME.test(name)) return null;
  return new Response(Bun.file(name));
}
