// What transpiled decorators of TypeScript (`experimentalDecorators`) call: the last one goes first, and each may
// put another class or property in place.

export default function decorate(decorators, target, key, given) {
  const isClass = key === undefined;
  const from = given === null ? Object.getOwnPropertyDescriptor(target, key) : given;
  let value = isClass ? target : from;
  for (const each of decorators.toReversed()) {
    value = (isClass ? each(value) : each(target, key, value)) || value;
  }
  if (!isClass && value && given !== undefined) Object.defineProperty(target, key, value);
  return value;
}
