import { utf8Decode } from "./host.js";
import { FormData } from "./form-data.js";
import { boundaryOf, parseMultipart } from "./multipart.js";
import { parseUrlencoded } from "./urlencoded.js";

/** The form that a body of this type holds; `read` gives its bytes, and is called only for a form. */
export async function formOf(type, read) {
  if (/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    return urlencodedForm(utf8Decode(await read(), false, false));
  }
  const boundary = boundaryOf(type);
  if (!/^\s*multipart\/form-data\s*;/i.test(type) || !boundary) {
    throw new TypeError(`A form cannot be read from a body of type "${type}"`);
  }
  return parseMultipart(await read(), boundary);
}

export function urlencodedForm(text) {
  const form = new FormData();
  for (const [name, value] of parseUrlencoded(text)) form.append(name, value);
  return form;
}
