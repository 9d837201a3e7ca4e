// What these modules stand on, taken before a learner's code can change any of it.

export const { Buffer, console } = globalThis;

/** What the engine does; each call may throw what SQLite said, of which `asked` makes an error. */
export const sqlite = globalThis.__sqlite;

/** The project's files, name to text. */
export const { projectFiles } = globalThis.__web;
