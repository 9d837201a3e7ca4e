// Acts on one element as a person would.

import { fireEvent } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { find, instead, names } from "./find.js";

const user = userEvent.setup({ document, delay: null });

// Nobody types into these.
const BY_VALUE = /^(date|time|range|color|month|week)/;

const DEEDS = {
  click: (element) => user.click(element),
  dblClick: (element) => user.dblClick(element),
  hover: (element) => user.hover(element),
  type: (element, text) => user.type(element, literally(text)),
  async fill(element, text) {
    if (BY_VALUE.test(element.type)) {
      return void fireEvent.change(element, { target: { value: text } });
    }
    await user.clear(element);
    if (text) await user.type(element, literally(text));
  },
  clear: (element) => user.clear(element),
  async press(element, pressed) {
    element.focus();
    await user.keyboard(pressed);
  },
  select: (element, value) => user.selectOptions(element, value),
  focus: (element) => element.focus(),
  submit: (element) => (element.form ?? element).requestSubmit(),
  // As the browser's dialog would, which no script can open: what was chosen before is chosen no more.
  upload(element, ...files) {
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    element.files = chosen.files;
    fireEvent.input(element);
    fireEvent.change(element);
  },
};

// Why a person could not do this here; undefined where they could.
function obstacle(element, deed, args) {
  if (deed !== "upload") return undefined;
  if (element.type !== "file") return "it takes no files";
  return args.length > 1 && !element.multiple ? "it takes one file only" : undefined;
}

// Acts where there is exactly one such element; else says what there is.
export async function actOn(steps, deed, ...args) {
  const found = find(steps);
  if (found.length === 0) return { found: instead(steps) };
  if (found.length > 1) return { found: `there are ${found.length}: ${names(found)}` };
  const [element] = found;
  const inTheWay = obstacle(element, deed, args);
  if (inTheWay) return { found: inTheWay };
  await DEEDS[deed](element, ...args);
  return {};
}

// Keys for whatever has the focus.
export const keys = (pressed) => user.keyboard(pressed);

// In user-event's language a brace begins the name of a key.
const literally = (text) => text.replace(/[{[]/g, "$&$&");
