// What was heard of a check's sandbox: the wire, to be shown where the check fails, and the first error that
// nobody caught.

// As many entries as the wire lists.
const LIMIT = 500;

export function openWitness({ clock, offset }) {
  const entries = new Map();
  const lastOf = new Map();
  let last = null;
  let lastAt = 0;
  let lastDeedAt = 0;
  let thrown = null;
  let isDue = false;

  const crossed = (entry) => {
    last = entry.entry;
    lastAt = clock.now();
    entries.set(last, { ...entry, entry: last + offset });
    if (entries.size > LIMIT) entries.delete(entries.keys().next().value);
    if (!tells(entry)) return;
    lastOf.set(entry.client, last);
    lastDeedAt = lastAt;
  };

  return {
    hear(kind, record) {
      if (kind === "wire") crossed(record);
      else if (kind === "timers") isDue = record.due;
      else if (record.fault) thrown ??= record;
    },
    lastAt: () => lastAt,
    // When something crossed that tells of what a client did.
    lastDeedAt: () => lastDeedAt,
    // Whether a timer of the server is due soon.
    isDue: () => isDue,
    // What a story found, with the number of the entry that shows it best.
    evidence: ({ expected, found, entry, client } = { expected: "", found: "" }) => ({
      expected,
      found,
      entry: entry ?? lastOf.get(client) ?? last,
      error: thrown && said(thrown),
    }),
    // What crossed, numbered as on the page's wire.
    rows: () => [...entries.values()],
    // The number of an entry on the page's wire.
    rowOf: (entry) => (entry === null || entry === undefined ? null : entry + offset),
  };
}

// Whether an entry tells of what a client did: not of styles and libraries, nor of the events that come
// by themselves all the time.
const tells = ({ kind, method, type }) =>
  kind === "websocket" ||
  (kind === "http" &&
    (method !== "GET" || !/javascript|css|font|image|event-stream/.test(type ?? "")));

/** What the server threw, in one line, with where it did. */
export function said({ fault, text }) {
  if (!fault) return text;
  const [frame] = fault.frames ?? [];
  const at = frame ? ` (${frame.file}, line ${frame.line})` : "";
  return `${fault.name}: ${fault.message}${at}`;
}
