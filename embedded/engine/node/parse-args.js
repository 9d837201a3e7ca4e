// util.parseArgs

import { errors, process } from "../internals.js";

const fail = (code, message) => {
  throw errors.coded(TypeError, code, message);
};

/** https://nodejs.org/api/util.html#utilparseargsconfig */
export function parseArgs(config = {}) {
  const { args = process.argv.slice(2), options = {}, strict = true, tokens: wantsTokens } = config;
  const { allowPositionals = !strict, allowNegative = false } = config;
  const tokens = [...tokensOf(args, options, allowNegative)];
  const values = Object.create(null);
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === "positional") {
      if (!allowPositionals) unexpected(token.value);
      positionals.push(token.value);
    } else if (token.kind === "option") store(values, token, options, strict);
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && !Object.hasOwn(values, name)) values[name] = option.default;
  }
  return { values, positionals, ...(wantsTokens ? { tokens } : {}) };
}

const unexpected = (value) =>
  fail(
    "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL",
    `Unexpected argument '${value}'. This command does not take positional arguments`,
  );

function* tokensOf(args, options, allowNegative) {
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    if (argument === "--") {
      yield { kind: "option-terminator", index };
      const rest = args.slice(index + 1);
      yield* rest.map((value, at) => ({ kind: "positional", index: index + 1 + at, value }));
      return;
    }
    const next = args[index + 1];
    let tokens = [{ kind: "positional", index, value: argument }];
    if (/^--./.test(argument)) tokens = [longOption(argument, index, next, options, allowNegative)];
    else if (/^-[^-]/.test(argument)) tokens = shortOptions(argument, index, next, options);
    yield* tokens;
    if (tokens.at(-1).inlineValue === false) index += 1;
  }
}

/** `--name`, `--name=value`, `--no-name`; `next` is the argument behind it. */
function longOption(argument, index, next, options, allowNegative) {
  const at = argument.indexOf("=", 2);
  const name = at < 0 ? argument.slice(2) : argument.slice(2, at);
  const token = { kind: "option", name, rawName: `--${name}`, index };
  if (at >= 0) return { ...token, value: argument.slice(at + 1), inlineValue: true };
  if (allowNegative && name.startsWith("no-") && !(name in options)) {
    const none = { value: undefined, inlineValue: undefined };
    return { ...token, ...none, name: name.slice(3) };
  }
  return { ...token, ...valueOf(name, next, options) };
}

/** `-a`, several as `-abc`, or one with its value behind it. */
function shortOptions(argument, index, next, options) {
  const tokens = [];
  for (let at = 1; at < argument.length; at++) {
    const name = longNameOf(argument[at], options);
    const token = { kind: "option", name, rawName: `-${argument[at]}`, index };
    const rest = argument.slice(at + 1);
    if (takesValue(name, options) && rest) {
      return [...tokens, { ...token, value: rest, inlineValue: true }];
    }
    tokens.push({ ...token, ...valueOf(name, next, options) });
  }
  return tokens;
}

const takesValue = (name, options) => options[name]?.type === "string";

const valueOf = (name, next, options) =>
  takesValue(name, options) && next !== undefined
    ? { value: next, inlineValue: false }
    : { value: undefined, inlineValue: undefined };

const longNameOf = (short, options) =>
  Object.entries(options).find(([, option]) => option.short === short)?.[0] ?? short;

function store(values, token, options, strict) {
  const { name, rawName, value } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (strict) check(token, option);
  if (name === "__proto__") return;
  const stored = value ?? rawName !== `--no-${name}`;
  if (option?.multiple) values[name] = [...(values[name] ?? []), stored];
  else values[name] = stored;
}

/** Whether an option is known, and has a value or none, as it should. */
function check({ name, rawName, value, inlineValue }, option) {
  const failValue = (message) => fail("ERR_PARSE_ARGS_INVALID_OPTION_VALUE", message);
  if (!option) fail("ERR_PARSE_ARGS_UNKNOWN_OPTION", `Unknown option '${rawName}'`);
  if (inlineValue === false && /^-./s.test(value)) {
    const isLong = rawName.startsWith("--");
    const example = isLong ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
    failValue(
      `Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\nTo specify an option argument starting with a dash use ${example}.`,
    );
  }
  const shown = option.short ? `-${option.short}, --${name}` : `--${name}`;
  if (option.type === "string" && typeof value !== "string") {
    failValue(`Option '${shown} <value>' argument missing`);
  }
  if (option.type === "boolean" && value !== undefined) {
    failValue(`Option '${shown}' does not take an argument`);
  }
}
