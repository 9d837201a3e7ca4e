// What a page in the preview may say. The script that says it stands in the learner's page, which can say anything
// in its place, and as often as it likes: so each message is read field by field, within a budget.

import { isTypedKey } from "./typed-key.js";

const LEVELS = ["debug", "log", "info", "warn", "error"];
// The page's script cuts what is longer, and says how much is missing.
const TEXT = 20_100;
const NAME = 500;
const ENTRIES = 50;

// The message in its own words, or null.
export function read(data, origin) {
  const url = within(data?.url, origin);
  if (data?.type === "pong" || data?.type === "gone") return { type: data.type };
  if (data?.type === "leaving" && url) return { type: "leaving", url };
  if (data?.type === "location" && url) {
    const [back, forward] = [data.back === true, data.forward === true];
    return { type: "location", url, back, forward, entry: count(data.entry) };
  }
  if (data?.type === "pushed" && typeof data.path === "string")
    return { type: "pushed", path: data.path.slice(0, 2 * NAME) };
  if (data?.type === "focused") return { type: "focused", byHand: data.byHand === true };
  if (data?.type === "typed" && isTypedKey(data.key))
    return { type: "typed", key: data.key, at: Number.isFinite(data.at) ? data.at : Date.now() };
  // Read where it is kept (changed/message.js), which is loaded with the first of it.
  if (data?.type === "places") return { type: "places", said: data };
  if (!Array.isArray(data?.entries)) return null;
  const reader = { console: entry, problems: problem, changes: (it) => it }[data.type];
  const entries = reader && data.entries.slice(0, ENTRIES).map(reader).filter(Boolean);
  return entries ? { type: data.type, entries, left: count(data.left) } : null;
}

function problem(said) {
  const { key, text, advice, find } = said ?? {};
  if (![key, text, advice, find].every((each) => typeof each === "string")) return null;
  return {
    key: key.slice(0, 2 * NAME),
    text: text.slice(0, 2 * NAME),
    advice: advice.slice(0, 2 * NAME),
    find: find.slice(0, NAME),
    frame: frame(said.frame),
    isOnce: said.isOnce === true,
    count: Math.max(1, count(said.count)),
  };
}

function entry(said) {
  if (!LEVELS.includes(said?.level) || typeof said.text !== "string") return null;
  const at = Number.isFinite(said.at) ? said.at : Date.now();
  return { at, level: said.level, text: said.text.slice(0, TEXT), frame: frame(said.frame) };
}

function frame(said) {
  if (typeof said?.file !== "string") return null;
  const name = typeof said.function === "string" ? said.function.slice(0, NAME) : "";
  const [line, column] = [count(said.line), count(said.column)];
  return { function: name, file: said.file.slice(0, NAME), line, column, source: source(said) };
}

// The line before, the line itself and the one after; none where the frame is in a file.
function source({ source: said }) {
  const isRead = Array.isArray(said) && said.length === 3;
  return isRead && said.every((each) => typeof each === "string")
    ? said.map((each) => each.slice(0, NAME))
    : null;
}

const count = (said) => (Number.isSafeInteger(said) && said > 0 ? said : 0);

const within = (url, origin) =>
  typeof url === "string" && URL.canParse(url) && new URL(url).origin === origin ? url : null;
