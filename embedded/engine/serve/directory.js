// A folder of the project as a route: `"/static/*": { dir: "./public" }`.

import { Bun, Response, URL, web } from "./host.js";
import { Parts, standing } from "./standing.js";

/** An escape of what stands for itself in a path, or of a slash: nobody needs it, and a link never has it. */
const NEEDLESS = /%(2[146-9A-F]|3[0-9ABD]|4[0-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])/i;

/** `(method, path) => (request) => answer` of the route at `path`, which serves the files in `dir`. */
export function directory(path, dir) {
  if (typeof dir !== "string") throw new TypeError(`“dir” of the route “${path}” must be a string`);
  if (!path.endsWith("/*")) {
    throw new TypeError(`The route “${path}” serves a folder, so its path must end with “/*”`);
  }
  if (path.includes("/:")) {
    throw new TypeError(`The route “${path}” serves a folder, so its path cannot have parameters`);
  }
  const folder = folderOf(dir);
  if (!hasBelow(folder)) {
    throw new Error(
      `The route “${path}” serves the folder “${dir}”, but no file of the project is in it`,
    );
  }
  const prefix = path.length - 1;
  return (method, asked) => (request) => {
    const name = nameOf(asked.slice(prefix));
    return (name !== null && found(folder + name, method, request)) || new Parts(NONE);
  };
}

const NONE = { status: 404, fields: [], body: null };

/** `./public` as the names of its files begin: `public/`; nothing for the project's own folder. */
function folderOf(dir) {
  const path = new URL(dir.replaceAll("%", "%25"), "file:///").pathname;
  const name = decodeURIComponent(path).slice(1);
  return name === "" || name.endsWith("/") ? name : `${name}/`;
}

const hasBelow = (folder) => [...web.projectFiles.keys()].some((name) => name.startsWith(folder));

/** What the rest of a path names; null where it could be spelled in another way. */
function nameOf(rest) {
  const parts = rest.split("/");
  const roundabout = (part, index) =>
    part === "." || part === ".." || (part === "" && index < parts.length - 1);
  if (parts.some(roundabout) || NEEDLESS.test(rest)) return null;
  try {
    return decodeURIComponent(rest);
  } catch {
    return null;
  }
}

function found(name, method, request) {
  if (name === "" || name.endsWith("/")) return page(`${name}index.html`, method, request);
  if (web.projectFiles.has(name)) return page(name, method, request);
  if (!hasBelow(`${name}/`)) return null;
  const { pathname, search } = new URL(request.url);
  return new Parts({ status: 301, fields: ["location", `${pathname}/${search}`], body: null });
}

function page(name, method, request) {
  if (!web.projectFiles.has(name)) return null;
  const file = Bun.file(name);
  const etag = `W/"${file.size.toString(16)}-${Math.floor(file.lastModified / 1000).toString(16)}"`;
  const parts = standing(new Response(file, { headers: { etag } }))(method)(request);
  if (parts.status !== 200) return parts;
  return new Parts({ ...parts, fields: [...parts.fields, "accept-ranges", "bytes"] });
}
