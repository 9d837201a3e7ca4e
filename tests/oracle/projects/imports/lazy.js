globalThis.loads = (globalThis.loads ?? 0) + 1;
export const value = "lazy";
export const times = globalThis.loads;
