// Runs in a sandbox of its own, beside a lesson's checks.js: answers with all of it that is not code.
import checks from "./checks.js";

if (!Array.isArray(checks))
  throw new TypeError("checks.js exports no list: write “export default [ … ];”");

const outline = checks.map((check, index) => {
  if (typeof check?.run !== "function") {
    throw new TypeError(`check ${index + 1} (${check?.id ?? "without id"}) has no function “run”`);
  }
  return check;
});

export default { fetch: () => Response.json(outline) };
