// Which entries of the wire make one row. An exchange takes in the line that it opened; a publish is one row, whomever it
// reached; what the server says again and again folds into one row until something else crosses.
//
// A group is { entries, first, last, opened, counts, clients, row, isDropped }: `entries` are the latest of them, `counts`
// how many each client got, `opened` the entry of the line that an exchange opened.

const LATEST = 200;
const OPENS_WITHIN = 50;
const NUMBERS = /\d+(?:[.,]\d+)*/g;

export function gather(isNoise) {
  const byEntry = new Map();
  const recent = [];
  let growing = new Map();

  const add = (group, entry) => {
    group.last = entry;
    group.entries.push(entry);
    if (group.entries.length > LATEST) byEntry.delete(group.entries.shift().entry);
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
    };
    recent.push(group);
    if (recent.length > OPENS_WITHIN) recent.shift();
    return add(group, entry);
  };

  const replace = (group, entry) => {
    const at = group.entries.findIndex((each) => each.entry === entry.entry);
    if (at < 0) return group;
    group.entries[at] = entry;
    if (group.last.entry === entry.entry) group.last = entry;
    if (group.first.entry === entry.entry) group.first = entry;
    return group;
  };

  // The exchange that opened a line has the line's number. It is near: numbers of other sandboxes may be the same.
  const opener = (entry) =>
    recent.findLast(
      ({ last, opened, isDropped }) =>
        !opened && !isDropped && last.request === numberOf(entry) && last.client === entry.client,
    );

  const fold = (entry, key) => {
    const known = growing.get(key);
    if (known && !known.isDropped) return add(known, entry);
    const group = begin(entry);
    growing.set(key, group);
    return group;
  };

  return {
    // The group that an entry is in, or null where its row was dropped.
    take(entry) {
      const before = byEntry.get(entry.entry);
      if (before) return before.isDropped ? null : replace(before, entry);
      const key = repeats(entry);
      if (key) return fold(entry, key);
      const group = entry.event === "open" ? opener(entry) : null;
      if (group) {
        group.opened = entry;
        byEntry.set(entry.entry, group);
        return group;
      }
      if (!isNoise(entry)) growing = new Map();
      return begin(entry);
    },
    of: (number) => byEntry.get(number),
    // How many entries are known.
    size: () => byEntry.size,
    // Lets go of a group, so that its entries may come anew.
    forget(group) {
      group.isDropped = true;
      for (const { entry } of group.entries) byEntry.delete(entry);
      if (group.opened) byEntry.delete(group.opened.entry);
    },
    forgetDropped() {
      for (const [number, { isDropped }] of byEntry) if (isDropped) byEntry.delete(number);
    },
    clear() {
      byEntry.clear();
      recent.length = 0;
      growing = new Map();
    },
  };
}

// How often it happened: what goes to several clients at once is counted once.
export const countOf = ({ counts }) => Math.max(...counts.values());

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
