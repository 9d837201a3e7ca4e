// How what a check compares is said to learners: never as code.

// Roles by the words of people who do not know them.
const ROLES = {
  textbox: "text field",
  searchbox: "search field",
  combobox: "list",
  img: "picture",
};

export const roleWords = (role) => ROLES[role] ?? role;

const MOST = 5;
const LONGEST = 300;

export const quoted = (text) => `“${short(text)}”`;

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);

// A text or a pattern that is looked for; `words` say it where the author gives some.
export function wantedWords(wanted, words) {
  if (words) return words;
  if (typeof wanted === "string") return quoted(wanted);
  const text = wanted instanceof RegExp ? literal(wanted.source) : null;
  return text === null ? `${wanted}` : quoted(text);
}

// What a pattern without choices and repetitions stands for; null for others.
function literal(source) {
  const text = source
    .replace(/^\^|\$$/g, "")
    .replace(/\\s[+*]/g, " ")
    .replace(/\\b/g, "");
  const plain = text.replace(/\\([^\w\s])/g, "");
  return /[\\^$.*+?()[\]{}|]/.test(plain) ? null : text.replace(/\\([^\w\s])/g, "$1");
}

// Several things: “a”, “b” and “c”, the first few of many.
export function listed(all) {
  const shown = all.slice(0, MOST);
  if (all.length > MOST) shown.push(`${all.length - MOST} more`);
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

// A value that was read.
export function valueWords(value) {
  if (value === undefined || value === null) return "nothing";
  if (value === "") return "an empty text";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value instanceof RegExp) return wantedWords(value);
  if (value instanceof Set) return valueWords([...value]);
  if (Array.isArray(value)) return value.length ? listed(value.map(valueWords)) : "none";
  if (typeof value !== "object") return `${value}`;
  const parts = Object.entries(value).map(([name, part]) => `${name} ${valueWords(part)}`);
  return parts.length ? listed(parts) : "nothing";
}
