// What the classes of `Intl` have in common.

import { hidden } from "../web/define.js";
import { supportedLocalesOf } from "./locales.js";

/** Hidden methods, a tag, and for most `supportedLocalesOf`. */
export function finish(Class, name, isLocal = true) {
  Object.defineProperty(Class, "name", { value: name, configurable: true });
  Object.defineProperty(Class, "length", { value: 0, configurable: true });
  Object.defineProperty(Class, "prototype", { writable: false });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    value: `Intl.${name}`,
    configurable: true,
  });
  if (isLocal) hidden(Class, { supportedLocalesOf });
  return Class;
}
