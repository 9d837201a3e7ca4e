import { hidden } from "../define.js";

/** What Bun throws where `lol_html` refuses something: an `Error` of this name. */
export function rewriterError(message) {
  const error = new Error(message);
  hidden(error, { name: "HTMLRewriterError" });
  return error;
}
