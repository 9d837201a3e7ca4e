import { inspect } from "node-inspect-extracted";

const SENTENCES = {
  equal: ["loosely equal", "==", "=="],
  notEqual: ["loosely unequal", "!=", "!="],
  strictEqual: ["strictly equal", "!=="],
  notStrictEqual: ["strictly unequal", "==="],
  deepEqual: ["loosely deep-equal", "should loosely deep-equal"],
  notDeepEqual: ["loosely deep-unequal", "should not loosely deep-equal"],
  deepStrictEqual: ["strictly deep-equal", "should equal"],
  notDeepStrictEqual: ["strictly deep-unequal", "should not equal"],
};

/** What assertions throw. */
export class AssertionError extends Error {
  constructor({ message, actual, expected, operator, stackStartFn }) {
    super(sentence(actual, expected, operator, message));
    Object.defineProperty(this, "name", {
      value: "AssertionError",
      writable: true,
      configurable: true,
    });
    this.generatedMessage = message === undefined;
    this.code = "ERR_ASSERTION";
    this.actual = actual;
    this.expected = expected;
    this.operator = SENTENCES[operator]?.[2] ?? operator;
    Error.captureStackTrace?.(this, stackStartFn ?? AssertionError);
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

/** An AssertionError to throw; `message` may be an error of one’s own instead. */
export function fault(actual, expected, operator, message, stackStartFn) {
  if (message instanceof Error) return message;
  return new AssertionError({ message, actual, expected, operator, stackStartFn });
}

const shown = (value) =>
  inspect(value, { compact: false, depth: 1000, sorted: true, breakLength: Infinity });

/** A strict comparison says what differs below the message that it was given; any other message is all. */
function sentence(actual, expected, operator, message) {
  const isStrict = operator === "strictEqual" || operator === "deepStrictEqual";
  if (message !== undefined && !isStrict) return String(message);
  const [a, b] = [shown(actual), shown(expected)];
  if (operator === "equal" || operator === "notEqual") {
    return `${a} ${SENTENCES[operator][1]} ${b}`;
  }
  const [wanted, sign] = SENTENCES[operator] ?? ["equal", operator];
  if (operator?.startsWith("not")) return `Expected "actual" to be ${wanted} to:\n\n${b}`;
  const head = message ?? `Expected values to be ${wanted}:`;
  if (operator === "deepEqual") return `${head}\n\n${a}\n\n${sign}\n\n${b}`;
  const isShort = !a.includes("\n") && !b.includes("\n") && a.length + b.length < 70;
  if (operator === "strictEqual" && isShort && typeof actual !== "object") {
    return `${head}\n\n${a} ${sign} ${b}\n`;
  }
  return `${head}\n${differences(a.split("\n"), b.split("\n"))}\n`;
}

/** Lines that only one of two texts has, with a sign before each: what was expected is “-”. */
function differences(actual, expected) {
  const lines = ["+ actual - expected", ""];
  let [a, b] = [0, 0];
  while (a < actual.length || b < expected.length) {
    if (a < actual.length && actual[a] === expected[b]) {
      lines.push(`  ${actual[a]}`);
      [a, b] = [a + 1, b + 1];
      continue;
    }
    const again = expected.indexOf(actual[a], b);
    if (a < actual.length && (again < 0 || b >= expected.length)) lines.push(`+ ${actual[a++]}`);
    else lines.push(`- ${expected[b++]}`);
  }
  return lines.join("\n");
}
