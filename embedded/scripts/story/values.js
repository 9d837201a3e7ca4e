// What may be expected of any other value: Vitest's expect, with its misses in a sentence. The second argument of
// `expect` is what the sentence is about.

import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";
import * as chai from "chai";
import { Miss } from "./miss.js";
import { valueWords, wantedWords } from "./words.js";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const UNNAMED = "what the check read";

const SENTENCES = {
  toBe: (value) => `be ${valueWords(value)}`,
  toEqual: (value) => `be ${valueWords(value)}`,
  toStrictEqual: (value) => `be ${valueWords(value)}`,
  toContain: (part) => `have ${valueWords(part)} in it`,
  toContainEqual: (part) => `have ${valueWords(part)} in it`,
  toMatch: (pattern, words) => `have ${wantedWords(pattern, words)} in it`,
  toBeGreaterThan: (least) => `be more than ${least}`,
  toBeGreaterThanOrEqual: (least) => `be ${least} or more`,
  toBeLessThan: (most) => `be less than ${most}`,
  toBeLessThanOrEqual: (most) => `be ${most} or less`,
  toHaveLength: (length) => `be ${length} in all`,
  toBeDefined: () => "be there",
  toBeUndefined: () => "be missing",
  toBeNull: () => "be missing",
  toBeTruthy: () => "be there",
  toBeFalsy: () => "be missing",
};

export function ofValue(subject, about, place) {
  const sentenceOf = (name, args, isNot) => {
    const words = SENTENCES[name]?.(...args) ?? `pass ${name}`;
    return `${about ?? UNNAMED} should ${isNot ? "not " : ""}${words}`;
  };
  const said = (assertion, isNot) =>
    new Proxy(assertion, {
      get(target, name) {
        const it = Reflect.get(target, name);
        if (name === "not") return said(it, !isNot);
        if (typeof it !== "function" || !`${String(name)}`.startsWith("to")) return it;
        return (...args) => {
          try {
            return it.apply(target, args);
          } catch {
            const found = `it is ${valueWords(subject)}`;
            throw new Miss(sentenceOf(name, args, isNot), found, place());
          }
        };
      },
    });
  return said(chai.expect(subject), false);
}
