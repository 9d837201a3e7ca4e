// node:util/types

import { CryptoKey, EventTarget, proxyTarget } from "../internals.js";

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const isOf = (Class) => (value) => value instanceof Class;
/** The name of a typed array's class, which no property of its own can hide. */
const arrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
).get;
const isArrayOf = (name) => (value) => arrayTag.call(value) === name;
const isTagged = (name) => (value) =>
  typeof value === "object" && value !== null && tagOf(value) === name;
const isSource = (pattern) => (value) =>
  typeof value === "function" && pattern.test(Function.prototype.toString.call(value));

export const isAnyArrayBuffer = isOf(ArrayBuffer);
export const isArrayBuffer = isAnyArrayBuffer;
export const isSharedArrayBuffer = () => false;
export const isArrayBufferView = (value) => ArrayBuffer.isView(value);
export const isArgumentsObject = isTagged("Arguments");
export const isAsyncFunction = isSource(/^async\b/);
export const isGeneratorFunction = isSource(/^(async\s+)?(function\s*\*|\*)/);
export const isGeneratorObject = (value) => /^(Async)?Generator$/.test(tagOf(value));
export const isTypedArray = (value) => arrayTag.call(value) !== undefined;
export const isInt8Array = isArrayOf("Int8Array");
export const isUint8Array = isArrayOf("Uint8Array");
export const isUint8ClampedArray = isArrayOf("Uint8ClampedArray");
export const isInt16Array = isArrayOf("Int16Array");
export const isUint16Array = isArrayOf("Uint16Array");
export const isInt32Array = isArrayOf("Int32Array");
export const isUint32Array = isArrayOf("Uint32Array");
export const isFloat16Array = isArrayOf("Float16Array");
export const isFloat32Array = isArrayOf("Float32Array");
export const isFloat64Array = isArrayOf("Float64Array");
export const isBigInt64Array = isArrayOf("BigInt64Array");
export const isBigUint64Array = isArrayOf("BigUint64Array");
export const isDataView = isOf(DataView);
export const isDate = isOf(Date);
export const isRegExp = isOf(RegExp);
export const isMap = isOf(Map);
export const isSet = isOf(Set);
export const isWeakMap = isOf(WeakMap);
export const isWeakSet = isOf(WeakSet);
export const isMapIterator = isTagged("Map Iterator");
export const isSetIterator = isTagged("Set Iterator");
export const isModuleNamespaceObject = isTagged("Module");
export const isNativeError = isOf(Error);
export const isPromise = isOf(Promise);
/** Asked of the engine, so that no trap runs. */
export const isProxy = (value) => proxyTarget(value) !== undefined;
export const isBooleanObject = isOf(Boolean);
export const isNumberObject = isOf(Number);
export const isStringObject = isOf(String);
export const isBigIntObject = (value) => typeof value === "object" && value instanceof BigInt;
export const isSymbolObject = (value) => typeof value === "object" && value instanceof Symbol;
export const isBoxedPrimitive = (value) =>
  [isBooleanObject, isNumberObject, isStringObject, isBigIntObject, isSymbolObject].some((is) =>
    is(value),
  );
export const isCryptoKey = isOf(CryptoKey);
export const isEventTarget = isOf(EventTarget);
export const isExternal = () => false;
export const isKeyObject = () => false;
