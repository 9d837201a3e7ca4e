/** The project's files, name to text; the engine fills it before `server.js` is loaded. */
export const projectFiles = new Map();
