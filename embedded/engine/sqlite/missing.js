// What Bun's Database and Statement have and these have not: each says so, and what to do instead.

const HOOK = "do the same where your code writes";

const METHODS_OF_DATABASE = {
  function: "call it on the rows that come back",
  aggregate: "count the rows that come back",
  loadExtension: "a sandbox has no disk to load one from",
  fileControl: "there is no file",
};
const HOOKS_OF_DATABASE = { onInsert: HOOK, onUpdate: HOOK, onDelete: HOOK };

const refuse = (name, instead) => () => {
  throw new Error(`${name} does not exist here: ${instead}`);
};

export function addMissingOfDatabase(prototype) {
  for (const [name, instead] of Object.entries(METHODS_OF_DATABASE)) {
    const value = refuse(`${name} of a Database`, instead);
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  }
  for (const [name, instead] of Object.entries(HOOKS_OF_DATABASE)) {
    const set = refuse(`${name} of a Database`, instead);
    Object.defineProperty(prototype, name, { get: () => null, set, configurable: true });
  }
  const get = refuse("handle of a Database", "use the Database itself");
  Object.defineProperty(prototype, "handle", { get, configurable: true });
}

export function addMissingOfStatement(prototype) {
  const get = refuse("native of a Statement", "use the Statement itself");
  Object.defineProperty(prototype, "native", { get, configurable: true });
}
