import * as errors from "./errors.js";
import * as databases from "./databases.js";
import * as statements from "./statements.js";
import * as transactions from "./transactions.js";
import * as values from "./values.js";

const tables = { databases, errors, statements, transactions, values };

/** What JSON cannot say, in words. */
function shown(key, value) {
  if (typeof value === "bigint") return `${value}n`;
  if (value === undefined) return "undefined";
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array) return `${value.constructor.name} ${[...value]}`;
  if (typeof value === "function") return `function ${value.name}`;
  return value;
}

/** What it gives, or what it throws. */
function seen(act) {
  try {
    return { gave: act() };
  } catch (error) {
    const { name, message, code, errno, byteOffset } = error;
    return { threw: { name, message, code, errno, byteOffset } };
  }
}

export default {
  fetch(req) {
    const [, table, name] = new URL(req.url).pathname.split("/").map(decodeURIComponent);
    const cases = tables[table]?.cases;
    if (!cases)
      return Response.json(
        Object.fromEntries(
          Object.entries(tables).map(([of, { cases }]) => [of, Object.keys(cases)]),
        ),
      );
    return new Response(JSON.stringify(seen(cases[name]), shown, 1));
  },
};
