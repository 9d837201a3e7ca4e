import { log, utf8Decode, utf8Encode } from "./host.js";
import { SafeMap } from "./safe.js";

/**
 * The project's files, name to text; `serve.js` fills it before the learner's server is asked. What the server
 * writes is here as well, as text or bytes.
 */
export const projectFiles = new SafeMap();

let server;

/** The name of the server's own file, which is no page. */
export const serverFile = () => server;
export const setServerFile = (name) => (server = name);

let saved = 0;

/** When the server wrote a file, in milliseconds since 1970. */
const written = new SafeMap();

/** When the files were handed to this Run, or the server wrote this one since, in milliseconds since 1970. */
export const savedAt = (name) => written.get(name) ?? saved;
export const setSavedAt = (time) => (saved = time);

export const hasFile = (name) => projectFiles.has(name);

/** Its bytes, or nothing where there is no such file. */
export function readFile(name) {
  const file = projectFiles.get(name);
  return typeof file === "string" ? utf8Encode(file) : file;
}

/** Its text, or nothing where there is no such file. */
export function readText(name) {
  const file = projectFiles.get(name);
  return file instanceof Uint8Array ? utf8Decode(file, false, false) : file;
}

let hasTold = false;

/** Puts text or bytes, which are nobody else's, in the file's place; the first time, says where that is. */
export function writeFile(name, whole) {
  if (!hasTold) {
    hasTold = true;
    const reason = "a sandbox has no disk, so it is gone with the next Run";
    log("info", `“${name}” is kept in memory: ${reason}. Bun.file reads it until then`);
  }
  projectFiles.set(name, whole);
  written.set(name, Date.now());
}

/** Whether it was there. */
export function removeFile(name) {
  written.delete(name);
  return projectFiles.delete(name);
}

/** The error of a file that is not there; `call` is what the system was asked. */
export function missingFile(call, asked) {
  // `import.meta.dir` is the root, so that a path that begins with it and a slash would have two.
  const path = asked.replace(/^\/+/, "/");
  const message = `ENOENT: no such file or directory, ${call}${path && ` '${path}'`}`;
  return Object.assign(new Error(message), { code: "ENOENT", path, syscall: call, errno: -2 });
}
