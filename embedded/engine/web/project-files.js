/** The project's files, name to text; `serve.js` fills it before the learner's server is asked. */
export const projectFiles = new Map();

let server;

/** The name of the server's own file, which is no page. */
export const serverFile = () => server;
export const setServerFile = (name) => (server = name);

let saved = 0;

/** When the files were handed to this Run, in milliseconds since 1970. */
export const savedAt = () => saved;
export const setSavedAt = (time) => (saved = time);
