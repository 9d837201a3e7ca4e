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
  const longOf = (short) =>
    Object.entries(options).find(([, option]) => option.short === short)?.[0] ?? short;
  const takesValue = (name) => options[name]?.type === "string";
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    if (argument === "--") {
      yield { kind: "option-terminator", index };
      for (index += 1; index < args.length; index++) {
        yield { kind: "positional", index, value: args[index] };
      }
      return;
    }
    const value = () => {
      const next = args[index + 1];
      return next === undefined || (next.startsWith("-") && next !== "-") ? undefined : next;
    };
    if (/^--./.test(argument)) {
      const at = argument.indexOf("=", 2);
      let name = at < 0 ? argument.slice(2) : argument.slice(2, at);
      const rawName = `--${name}`;
      let negative = false;
      if (allowNegative && name.startsWith("no-") && at < 0 && !(name in options)) {
        [name, negative] = [name.slice(3), true];
      }
      const token = { kind: "option", name, rawName, index };
      if (at >= 0) yield { ...token, value: argument.slice(at + 1), inlineValue: true };
      else if (takesValue(name) && value() !== undefined) {
        yield { ...token, value: value(), inlineValue: false };
        index += 1;
      } else
        yield { ...token, value: undefined, inlineValue: undefined, ...(negative && { negative }) };
    } else if (/^-[^-]/.test(argument)) {
      for (let at = 1; at < argument.length; at++) {
        const name = longOf(argument[at]);
        const token = { kind: "option", name, rawName: `-${argument[at]}`, index };
        const rest = argument.slice(at + 1);
        if (takesValue(name) && rest) {
          yield { ...token, value: rest, inlineValue: true };
          break;
        }
        if (takesValue(name) && value() !== undefined) {
          yield { ...token, value: value(), inlineValue: false };
          index += 1;
        } else yield { ...token, value: undefined, inlineValue: undefined };
      }
    } else yield { kind: "positional", index, value: argument };
  }
}

function store(values, token, options, strict) {
  const { name, rawName, value, negative } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  const shown = option?.short ? `-${option.short}, --${name}` : `--${name}`;
  if (strict && !option) {
    fail("ERR_PARSE_ARGS_UNKNOWN_OPTION", `Unknown option '${rawName}'`);
  }
  if (strict && option.type === "string" && typeof value !== "string") {
    fail("ERR_PARSE_ARGS_INVALID_OPTION_VALUE", `Option '${shown} <value>' argument missing`);
  }
  if (strict && option.type === "boolean" && value !== undefined) {
    fail("ERR_PARSE_ARGS_INVALID_OPTION_VALUE", `Option '${shown}' does not take an argument`);
  }
  if (name === "__proto__") return;
  const stored = value ?? !negative;
  if (option?.multiple) values[name] = [...(values[name] ?? []), stored];
  else values[name] = stored;
}
