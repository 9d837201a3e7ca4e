// At the start: finds what was typed and never reached the server.

import { sameFiles } from "./project.js";

// Gives { version, files } to go on from, or null. With an older version than the server's, the next save
// meets a conflict, and the learner chooses.
export function restore({ keep, version, files }) {
  for (const entry of keep.left()) {
    const arrived = entry.sent && sameFiles(entry.sent, files);
    if (!sameFiles(entry.files, files)) {
      const found = { version: arrived ? version : entry.version, files: entry.files };
      keep.write({ ...found, sent: null, at: Date.now() });
      keep.drop(entry);
      return found;
    }
    keep.drop(entry);
  }
  return null;
}
