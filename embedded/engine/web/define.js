// Ways to put things in place that `for in` and `Object.keys` do not show.

/** Hidden, writable properties, as all standard globals are. */
export const hidden = (target, properties) => {
  for (const [name, value] of Object.entries(properties)) {
    const property = { value, writable: true, enumerable: false, configurable: true };
    Object.defineProperty(target, name, property);
  }
};

/** The name of a class: its own (bundling may change that) and that of its instances. */
export const tag = (Class, name) => {
  Object.defineProperty(Class, "name", { value: name, configurable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
};

/** Constants on a class and on its instances, as WebIDL wants them. */
export const constants = (Class, values) => {
  for (const [name, value] of Object.entries(values)) {
    const constant = { value, enumerable: true };
    Object.defineProperty(Class, name, constant);
    Object.defineProperty(Class.prototype, name, constant);
  }
};

/** A method of our classes that tells the console what to show: an object, or a Map of entries. */
export const shown = Symbol("shown");
