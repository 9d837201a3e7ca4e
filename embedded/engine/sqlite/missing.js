// What Bun's Database has and this one has not: each says so, and what to do instead.

const HOOK = "tell of it where you write";

const METHODS = {
  function: "call it on the rows that come back",
  aggregate: "count the rows that come back",
  loadExtension: "a sandbox has no disk to load one from",
  fileControl: "there is no file",
};
const HOOKS = { onInsert: HOOK, onUpdate: HOOK, onDelete: HOOK };

const refuse = (name, instead) => () => {
  throw new Error(`${name} of a Database does not exist here: ${instead}`);
};

export function addMissing(prototype) {
  for (const [name, instead] of Object.entries(METHODS)) {
    const value = refuse(name, instead);
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  }
  for (const [name, instead] of Object.entries(HOOKS)) {
    const set = refuse(name, instead);
    Object.defineProperty(prototype, name, { get: () => null, set, configurable: true });
  }
}
