// The keys that are typed again where they belong, when they met another page: characters, and two by their names.

const COMMANDS = { Enter: "insertLineBreak", Backspace: "delete" };

export const isNamed = (key) => Object.hasOwn(COMMANDS, key);

export const isTypedKey = (key) => typeof key === "string" && (/^.$/u.test(key) || isNamed(key));

// Does in the field that has the focus what the browser does for this key.
export const typeIn = (key) =>
  isNamed(key)
    ? document.execCommand(COMMANDS[key])
    : document.execCommand("insertText", false, key);
