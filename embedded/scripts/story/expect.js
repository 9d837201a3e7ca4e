// expect: of a locator or a client it waits until what is said comes true; of any other value it is
// Vitest's expect.

import { Client } from "./client.js";
import { OF_ELEMENTS, fits } from "./elements.js";
import { Locator } from "./locator.js";
import { ofValue } from "./values.js";
import { quoted, wantedWords } from "./words.js";

const OF_CLIENTS = {
  toHaveAddress: (address) => ["address", address, "be at the address", "it is at"],
  toHaveTitle: (title) => ["title", title, "have the title", "its title is"],
};

// `state.entry` is what the story read last on the wire.
export function expectation(patience, state) {
  const ofLocator = (locator, isNot) => {
    const { place } = locator;
    const check =
      (make) =>
      (...args) => {
        const [isMet, words, found] = make(...args);
        const expected = `${locator.description} should ${isNot ? "not " : ""}${words}`;
        const isMetNow = (seen) => isMet(seen) !== isNot;
        return patience.until(locator.look, isMetNow, expected, found, place);
      };
    return Object.fromEntries(
      Object.entries(OF_ELEMENTS).map(([name, make]) => [name, check(make)]),
    );
  };

  const ofClient = (client, isNot) => {
    const { place } = client;
    const check = (make) => (wanted, wording) => {
      const [what, value, words, is] = make(wanted);
      const expected = `${client.name}'s page should ${isNot ? "not " : ""}${words} ${wantedWords(value, wording)}`;
      const isMet = (seen) => fits(value, seen) !== isNot;
      const found = (seen) => `${is} ${quoted(seen)}`;
      return patience.until(() => client.ask(what), isMet, expected, found, place);
    };
    return Object.fromEntries(
      Object.entries(OF_CLIENTS).map(([name, make]) => [name, check(make)]),
    );
  };

  const both = (make, subject) => ({ ...make(subject, false), not: make(subject, true) });

  return (subject, about) => {
    if (subject instanceof Locator) return both(ofLocator, subject);
    if (subject instanceof Client) return both(ofClient, subject);
    return ofValue(subject, about, () => ({ entry: state.entry }));
  };
}
