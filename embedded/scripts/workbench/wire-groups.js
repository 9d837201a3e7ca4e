// Which entries of the wire make one row. An exchange takes in the connection that it opened; a publish is one row, whomever it
// reached; what the server says again and again folds into one row until something else crosses.
//
// A group is { entries, first, last, opened, counts, row, isDropped, key, bytes }: `entries` are the latest of them, `counts`
// how many each client got, `opened` the entry of the connection that an exchange opened, `key` what its members have in common,
// `bytes` what its entries take.

import { weightOf } from "./wire-weight.js";

const LATEST = 200;
const BYTES = 128 * 1024;
// So many rows at once grow by what comes again.
const GROWING = 500;
const OPENS_WITHIN = 50;
// What is sent to one client after the other is sent within this time.
const AT_ONCE_MS = 1000;
const NUMBERS = /\d+(?:[.,]\d+)*/g;

export function gather(isNoise) {
  const byEntry = new Map();
  const recent = [];
  // Numbers of exchanges that were dropped before their end.
  const dropped = new Set();
  const growing = new Map();
  let bytes = 0;

  const weigh = (group, more) => {
    group.bytes += more;
    bytes += more;
  };

  const add = (group, entry) => {
    group.last = entry;
    group.entries.push(entry);
    weigh(group, weightOf(entry));
    while (group.entries.length > LATEST || (group.bytes > BYTES && group.entries.length > 1)) {
      const oldest = group.entries.shift();
      byEntry.delete(oldest.entry);
      weigh(group, -weightOf(oldest));
    }
    group.counts.set(entry.client, (group.counts.get(entry.client) ?? 0) + 1);
    byEntry.set(entry.entry, group);
    return group;
  };

  const begin = (entry) => {
    const group = {
      entries: [],
      first: entry,
      counts: new Map(),
      opened: null,
      row: null,
      isDropped: false,
      key: null,
      bytes: 0,
    };
    recent.push(group);
    if (recent.length > OPENS_WITHIN) recent.shift();
    return add(group, entry);
  };

  const replace = (group, entry) => {
    const at = group.entries.findIndex((each) => each.entry === entry.entry);
    if (at < 0) return group;
    weigh(group, weightOf(entry) - weightOf(group.entries[at]));
    group.entries[at] = entry;
    if (group.last.entry === entry.entry) group.last = entry;
    if (group.first.entry === entry.entry) group.first = entry;
    return group;
  };

  // The exchange that opened a connection has its number. It is near: numbers of other sandboxes may be the same.
  const opener = (entry) =>
    recent.findLast(
      ({ last, opened }) =>
        !opened && last.request === numberOf(entry) && last.client === entry.client,
    );

  const fold = (entry, key) => {
    const known = growing.get(key);
    if (known) return add(known, entry);
    const group = begin(entry);
    group.key = key;
    growing.set(key, group);
    if (growing.size > GROWING) growing.delete(growing.keys().next().value);
    return group;
  };

  // What a group that is not listed any more takes is given back.
  const letGo = (group) => {
    group.isDropped = true;
    bytes -= group.bytes;
    group.bytes = 0;
    if (growing.get(group.key) === group) growing.delete(group.key);
    const at = recent.indexOf(group);
    if (at >= 0) recent.splice(at, 1);
    for (const { entry } of group.entries) byEntry.delete(entry);
    if (group.opened) byEntry.delete(group.opened.entry);
  };

  // Of an exchange that is dropped the later states are not listed, up to the last.
  const isOfDropped = (entry) => {
    if (!dropped.has(entry.entry)) return false;
    if (entry.done) dropped.delete(entry.entry);
    return true;
  };

  return {
    // The group that an entry is in, or null where its row was dropped.
    take(entry) {
      if (isOfDropped(entry)) return null;
      const before = byEntry.get(entry.entry);
      if (before) return replace(before, entry);
      const key = repeats(entry);
      if (key) return fold(entry, key);
      const group = entry.event === "open" ? opener(entry) : null;
      if (group) {
        group.opened = entry;
        byEntry.set(entry.entry, group);
        return group;
      }
      if (!isNoise(entry)) growing.clear();
      return begin(entry);
    },
    of: (number) => byEntry.get(number),
    // What all that is listed takes, about.
    bytes: () => bytes,
    // Drops a group, whose entries do not come back.
    drop(group) {
      for (const { entry, kind, done } of group.entries)
        if (kind === "http" && !done) dropped.add(entry);
      letGo(group);
    },
    // Lets go of a group, so that its entries may come anew.
    forget: letGo,
    clear() {
      byEntry.clear();
      recent.length = 0;
      growing.clear();
      dropped.clear();
      bytes = 0;
    },
  };
}

// How often it happened: what goes to several clients at once is counted once.
export const countOf = ({ counts }) => Math.max(...counts.values());

// The entries of what was one thing for several clients, the given one among them: those of one publish, or what each client
// was sent of the same at about the same time. Of clients without a page here nothing more is known.
export function togetherWith(entry, { entries }) {
  const { event, direction, kind, published } = entry;
  const isToClients = event === "message" && (kind === "sse" || direction === "out");
  if (!isToClients) return [entry];
  const nearest = new Map();
  const isNearer = (each, than) =>
    !than || Math.abs(each.entry - entry.entry) < Math.abs(than.entry - entry.entry);
  for (const each of entries) {
    const isOther = each.client !== entry.client && each.heard?.line && isSame(each, entry);
    if (isOther && isNearer(each, nearest.get(each.client))) nearest.set(each.client, each);
  }
  const all = published ? entries.filter((each) => isOfPublish(each, entry)) : nearest.values();
  return [entry, ...all].sort((one, other) => one.entry - other.entry);
}

const isOfPublish = (each, { published, entry }) =>
  each.entry !== entry && each.heard?.line && each.published?.first === published.first;

const isSame = (one, other) =>
  one.text === other.text &&
  one.data === other.data &&
  one.name === other.name &&
  Math.abs(one.at - other.at) <= AT_ONCE_MS;

// How many got it, and how many of them are listed.
export const reachOf = ({ counts, last }) => Math.max(counts.size, last.receivers ?? 0);

const numberOf = ({ socket, stream }) => socket ?? stream;

// What makes two messages to browsers the same thing again, or null: an event by its name, anything else by its text
// without the numbers in it.
function repeats({ kind, event, direction, path, name, data, text, published, composed }) {
  if (event !== "message" || composed) return null;
  const [place] = path.split("?");
  if (kind === "sse") {
    return name === "message" ? `${place} ${shapeOf(data)}` : `${place} ${name}`;
  }
  if (direction !== "out" || typeof text !== "string") return null;
  return `${place} ${published?.topic ?? ""} ${shapeOf(text)}`;
}

const shapeOf = (text) => text.replaceAll(NUMBERS, "0");
