// expect: of a locator or a client it waits until what is said comes true; of any other value it is
// Vitest's expect.

import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";
import * as chai from "chai";
import { Client } from "./client.js";
import { Locator } from "./locator.js";
import { until } from "./miss.js";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const fits = (wanted, text) => (wanted instanceof RegExp ? wanted.test(text) : wanted === text);
const squeezed = (text) => text.replace(/\s+/g, " ").trim();
const quoted = (wanted) => (typeof wanted === "string" ? `“${wanted}”` : `${wanted}`);
const some = (isIt) => (elements) => elements.some(isIt);
const html = (elements) => elements.map((it) => it.html).join("\n") || "no such element";

// Of elements: what must hold, and how that is said.
const OF_ELEMENTS = {
  toBeVisible: () => [some((it) => it.visible), "to be visible"],
  toBeGone: () => [(elements) => !elements.some((it) => it.visible), "to be gone"],
  toHaveText: (text) => [
    some((it) => fits(text, squeezed(it.text))),
    `to have the text ${quoted(text)}`,
  ],
  toContainText: (text) => [
    some((it) => squeezed(it.text).includes(text)),
    `to have ${quoted(text)} in it`,
  ],
  toHaveValue: (value) => [
    some((it) => fits(value, it.value ?? "")),
    `to have the value ${quoted(value)}`,
  ],
  toHaveAttribute: (name, value) => [
    some(
      ({ attributes }) =>
        name in attributes && (value === undefined || fits(value, attributes[name])),
    ),
    `to have ${name}${value === undefined ? "" : `=${quoted(value)}`}`,
  ],
  toHaveCount: (count) => [(elements) => elements.length === count, `to be ${count}`],
  toHaveFocus: () => [some((it) => it.focused), "to have the focus"],
};

const OF_CLIENTS = {
  toHaveAddress: (address) => ["address", address, "to be at the address"],
  toHaveTitle: (title) => ["title", title, "to have the title"],
};

export function expectation(limit) {
  const ofLocator = (locator, isNot) => {
    const check =
      (make) =>
      (...args) => {
        const [isMet, words] = make(...args);
        const expected = `${locator.description} ${isNot ? "not " : ""}${words}`;
        return until(limit, locator.look, (seen) => isMet(seen) !== isNot, expected, html);
      };
    return Object.fromEntries(
      Object.entries(OF_ELEMENTS).map(([name, make]) => [name, check(make)]),
    );
  };

  const ofClient = (client, isNot) => {
    const check = (make) => (wanted) => {
      const [what, value, words] = make(wanted);
      const expected = `${client.name}'s page ${isNot ? "not " : ""}${words} ${quoted(value)}`;
      const isMet = (seen) => fits(value, seen) !== isNot;
      return until(limit, () => client.ask(what), isMet, expected, quoted);
    };
    return Object.fromEntries(
      Object.entries(OF_CLIENTS).map(([name, make]) => [name, check(make)]),
    );
  };

  const both = (make, subject) => ({ ...make(subject, false), not: make(subject, true) });

  return (subject, message) => {
    if (subject instanceof Locator) return both(ofLocator, subject);
    if (subject instanceof Client) return both(ofClient, subject);
    return chai.expect(subject, message);
  };
}
