// node:assert/strict

import { strict } from "./assert.js";

export {
  AssertionError,
  doesNotMatch,
  doesNotReject,
  doesNotThrow,
  fail,
  ifError,
} from "./assert.js";
export { match, ok, rejects, strict, throws } from "./assert.js";
export const { equal, notEqual, deepEqual, notDeepEqual } = strict;
export { deepStrictEqual, notDeepStrictEqual, notStrictEqual, strictEqual } from "./assert.js";
export default strict;
