// The hue of a client: each name has one of its own among the names. The letters take all of them in turn, so from the
// seventh on they repeat, and a name may share one with a letter.

export const HUES = 6;
const NAMED = { Alice: 3, Bob: 5, Carol: 4, Mallory: 2 };

export const hueOf = (label) => NAMED[label] ?? (label.charCodeAt(0) - 65 + HUES) % HUES;
