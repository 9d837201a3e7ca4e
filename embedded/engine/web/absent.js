// What stands where something is missing, and says so when it is used.

/** Something that a sandbox has not: whatever is done with it throws the reason. */
export function absent(name, reason) {
  const refuse = () => {
    throw new TypeError(`${name} does not exist here: ${reason}`);
  };
  return new Proxy(function () {}, {
    apply: refuse,
    construct: refuse,
    // Only looking, as the engine and `typeof` do, is no use of it.
    get: (target, key) => (typeof key === "symbol" || key in target ? target[key] : refuse()),
  });
}

/** The same of each member, by its reason in missing.json. */
export function absentMembers(owner, reasons) {
  const members = Object.entries(reasons);
  return Object.fromEntries(
    members.map(([name, reason]) => [name, absent(`${owner}.${name}`, reason)]),
  );
}
