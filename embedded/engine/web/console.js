import { members } from "../missing.json";
import { log, now, utf8Decode, utf8Encode } from "./host.js";
import { absent, absentMembers } from "./absent.js";
import { bytesOf, concat } from "./bytes.js";
import { format } from "./console-format.js";
import { table } from "./console-table.js";
import { inspect } from "./inspect.js";
import { invalid } from "./node-errors.js";
import { SafeMap } from "./safe.js";

let indent = "";
const isBytes = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
const counts = new SafeMap();
const starts = new SafeMap();

const print = (level, text) => log(level, indent + text.replaceAll("\n", `\n${indent}`));
const level =
  (name) =>
  (...values) =>
    print(name, format(values));

/** https://console.spec.whatwg.org/ */
export const console = {
  debug: level("debug"),
  log: level("log"),
  info: level("info"),
  warn: level("warn"),
  error: level("error"),
  dirxml: level("log"),
  dir: (value, options) => print("log", inspect(value, options)),
  table: (rows, columns) => print("log", table(rows, columns) ?? format([rows])),

  trace(...values) {
    const { stack } = new Error();
    const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
    print("log", ["Trace:", format(values), `\n${frames.slice(1).join("\n")}`].join(" "));
  },
  assert(condition, ...values) {
    if (condition) return;
    const [first, ...rest] = values;
    const said = typeof first === "string" ? [`Assertion failed: ${first}`, ...rest] : values;
    print("error", values.length === 0 ? "Assertion failed" : format(said));
  },

  group(...values) {
    if (values.length > 0) print("log", format(values));
    indent += "  ";
  },
  groupCollapsed: (...values) => console.group(...values),
  groupEnd() {
    indent = indent.slice(2);
  },

  count(label = "default") {
    const count = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), count);
    print("log", `${label}: ${count}`);
  },
  countReset: (label = "default") => void counts.delete(String(label)),

  time: (label = "default") => void starts.set(String(label), now()),
  timeLog: (label = "default", ...values) => elapsed(String(label), values),
  timeEnd(label = "default") {
    elapsed(String(label), []);
    starts.delete(String(label));
  },
  clear() {},
  /** A sandbox has no inspector that would show them. */
  ...{
    profile() {},
    profileEnd() {},
    timeStamp() {},
    record() {},
    recordEnd() {},
    screenshot() {},
  },
  ...absentMembers("console", members.console),

  /** Bun's: no end of a line is added; how many bytes were written. */
  write(...parts) {
    if (parts.length === 0 || !parts.every((part) => typeof part === "string" || isBytes(part))) {
      throw invalid("write() expects a string, ArrayBufferView, or ArrayBuffer");
    }
    const bytes = concat(
      parts.map((it) => (typeof it === "string" ? utf8Encode(it) : bytesOf(it))),
    );
    print("log", utf8Decode(bytes, false, true).replace(/\n$/, ""));
    return bytes.length;
  },
};

/** Bun's `for await (const line of console)` reads what is typed. */
Object.defineProperty(console, Symbol.asyncIterator, {
  value: absent(
    "for await (… of console)",
    "a sandbox has no terminal; send the text in a request",
  ),
  configurable: true,
});

Object.defineProperty(console, Symbol.toStringTag, { value: "console", configurable: true });

function elapsed(label, values) {
  if (!starts.has(label)) return print("warn", `There is no timer named ${label}`);
  const spent = `${label}: ${(now() - starts.get(label)).toFixed(2)} ms`;
  print("log", values.length > 0 ? `${spent} ${format(values)}` : spent);
}
