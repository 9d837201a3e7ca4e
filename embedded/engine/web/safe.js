/**
 * A Map and a Set for what the engine keeps: a change that a learner makes to `Map.prototype` or `Set.prototype` does
 * not reach them.
 */
export class SafeMap extends Map {}
export class SafeSet extends Set {}

for (const Safe of [SafeMap, SafeSet]) {
  const { prototype } = Safe;
  const taken = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(prototype));
  delete taken.constructor;
  Object.defineProperties(prototype, taken);
}
