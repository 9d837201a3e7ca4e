// expect: of a locator or a client it waits until what is said comes true; of any other value it is
// Vitest's expect.

import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";
import * as chai from "chai";
import { Client } from "./client.js";
import { Locator, quoted } from "./locator.js";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const SHOWN = 5;

const fits = (wanted, text) => (wanted instanceof RegExp ? wanted.test(text) : wanted === text);
const holds = (wanted, text) =>
  wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted);
const squeezed = (text) => text.replace(/\s+/g, " ").trim();
const some = (isIt) => (elements) => elements.some(isIt);

// Of elements: what must hold, and how that is said.
const OF_ELEMENTS = {
  toBeVisible: () => [some((it) => it.visible), "to be visible"],
  toBeGone: () => [(elements) => !elements.some((it) => it.visible), "to be gone"],
  toHaveText: (text) => [
    some((it) => fits(text, squeezed(it.text))),
    `to have the text ${quoted(text)}`,
  ],
  toContainText: (text) => [
    some((it) => holds(text, squeezed(it.text))),
    `to have ${quoted(text)} in it`,
  ],
  toHaveValue: (value) => [
    some((it) => fits(value, it.value ?? "")),
    value === "" ? "to be empty" : `to have the value ${quoted(value)}`,
  ],
  toHaveAttribute: (name, value) => [
    some(
      ({ attributes }) =>
        name in attributes && (value === undefined || fits(value, attributes[name])),
    ),
    `to have ${name}${value === undefined ? "" : `=${quoted(value)}`}`,
  ],
  toHaveClass: (name) => [
    some(({ attributes }) => (attributes.class ?? "").split(/\s+/).includes(name)),
    `to have the class ${quoted(name)}`,
  ],
  toHaveCount: (count) => [(elements) => elements.length === count, `to be ${count}`],
  toHaveFocus: () => [some((it) => it.focused), "to have the focus"],
  toBeDisabled: () => [some((it) => it.disabled), "to be disabled"],
  toBeChecked: () => [some((it) => it.checked), "to be checked"],
};

const OF_CLIENTS = {
  toHaveAddress: (address) => ["address", address, "to be at the address"],
  toHaveTitle: (title) => ["title", title, "to have the title"],
};

export function expectation(patience) {
  const ofLocator = (locator, isNot) => {
    const { place } = locator.client;
    const check =
      (make) =>
      (...args) => {
        const [isMet, words] = make(...args);
        const expected = `${locator.description} ${isNot ? "not " : ""}${words}`;
        const isMetNow = (seen) => isMet(seen) !== isNot;
        return patience.until(locator.look, isMetNow, expected, shown, place);
      };
    return Object.fromEntries(
      Object.entries(OF_ELEMENTS).map(([name, make]) => [name, check(make)]),
    );
  };

  const ofClient = (client, isNot) => {
    const { place } = client;
    const check = (make) => (wanted) => {
      const [what, value, words] = make(wanted);
      const expected = `${client.name}'s page ${isNot ? "not " : ""}${words} ${quoted(value)}`;
      const isMet = (seen) => fits(value, seen) !== isNot;
      return patience.until(() => client.ask(what), isMet, expected, quoted, place);
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

// Elements as they are found, the first few of many; what HTML does not say is added.
function shown(elements) {
  if (elements.length === 0) return "no such element";
  const texts = elements.slice(0, SHOWN).map(({ html, value, visible }) => {
    const facts = [value ? `its value is ${quoted(value)}` : "", visible ? "" : "not visible"];
    const more = facts.filter(Boolean).join(", ");
    return more ? `${html}\n(${more})` : html;
  });
  const left = elements.length - texts.length;
  return left > 0 ? `${texts.join("\n")}\nand ${left} more` : texts.join("\n");
}
