// Acts on one element as a person would.

import { fireEvent } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { excerpt, find, instead } from "./find.js";

const WAIT_MS = 3000;
const user = userEvent.setup({ document, delay: null });

const DEEDS = {
  click: (element) => user.click(element),
  type: (element, text) => user.type(element, literally(text)),
  async fill(element, text) {
    await user.clear(element);
    if (text) await user.type(element, literally(text));
  },
  clear: (element) => user.clear(element),
  async press(element, keys) {
    element.focus();
    await user.keyboard(keys);
  },
  select: (element, value) => user.selectOptions(element, value),
  focus: (element) => element.focus(),
  submit: (element) => (element.form ?? element).requestSubmit(),
  set: (element, value) => fireEvent.change(element, { target: { value } }),
};

export async function actOn(steps, deed, ...args) {
  const element = await one(steps);
  await DEEDS[deed](element, ...args);
  return excerpt(element);
}

// Waits until there is one; two are an error, since a person would not know which.
async function one(steps) {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const found = find(steps);
    if (found.length === 1) return found[0];
    if (Date.now() > until) {
      if (found.length === 0) throw new Error(`there is none; instead: ${instead(steps)}`);
      throw new Error(`there are ${found.length}: ${found.map(excerpt).join("\n")}`);
    }
    await new Promise((done) => setTimeout(done, 30));
  }
}

// In user-event's language a brace begins the name of a key.
const literally = (text) => text.replace(/[{[]/g, "$&$&");
