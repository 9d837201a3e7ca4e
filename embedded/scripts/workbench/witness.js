// What was heard of a check's sandbox: the wire, to be shown where the check fails, and what went wrong in the server
// first: an error that nobody caught, or why it ended.

// A check that fails shows its end.
const LIMIT = 500;

export function openWitness({ clock, offset }) {
  const entries = new Map();
  const lastOf = new Map();
  let last = null;
  let lastAt = 0;
  let lastDeedAt = 0;
  let cause = null;
  let isDue = false;
  let isAtWork = false;
  let isDown = false;

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
      else if (kind === "work") isAtWork = record.under_way;
      else {
        if (kind === "status") isDown = hasCrashed(record);
        if (record.fault || hasCrashed(record)) cause ??= record;
      }
    },
    lastAt: () => lastAt,
    // When something crossed that tells of what a client did.
    lastDeedAt: () => lastDeedAt,
    // Whether a timer of the server is due soon.
    isDue: () => isDue,
    // Whether the server is at something. One that loops is, until it is ended for that.
    isAtWork: () => isAtWork,
    // Whether the server has ended by itself, and nobody has started it again.
    isDown: () => isDown,
    // What a story found, with the number of the entry that shows it best.
    evidence: ({ expected, found, entry, client } = { expected: "", found: "" }) => ({
      expected,
      found,
      entry: entry ?? lastOf.get(client) ?? last,
      error: cause && !cause.reason ? said(cause) : null,
      ended: cause?.reason ? whyEnded(cause) : null,
    }),
    // The media type of the last document that a client was sent; null where there is none.
    documentType: (client) =>
      [...entries.values()].findLast((entry) => entry.client === client && isDocument(entry))
        ?.type ?? null,
    // What crossed, numbered as on the page's wire.
    rows: () => [...entries.values()],
    // The number of an entry on the page's wire.
    rowOf: (entry) => (entry === null || entry === undefined ? null : entry + offset),
  };
}

// Whether an entry is of a page that a browser went to, and its answer has begun; only then does a browser ask for HTML
// before all else. A redirection is none.
const isDocument = ({ kind, status, request_headers: headers }) =>
  kind === "http" &&
  status !== null &&
  (status < 300 || status >= 400) &&
  headers.some(([name, value]) => name === "accept" && value.startsWith("text/html"));

// Whether an entry tells of what a client did: not of styles and libraries, nor of the events that come
// by themselves all the time.
const tells = ({ kind, method, type }) =>
  kind === "websocket" ||
  (kind === "http" &&
    (method !== "GET" || !/javascript|css|font|image|event-stream/.test(type ?? "")));

// A server that is stopped or started by the story has not crashed, nor has one that is put to sleep.
const hasCrashed = ({ state, reason }) => state === "crashed" && Boolean(reason);

// Why it ended, with the place where it was then, as far as that is known.
const whyEnded = ({ reason, fault }) => {
  const [frame] = fault?.frames ?? [];
  return frame ? `${reason.sentence} It was at ${placeOf(frame)}.` : reason.sentence;
};

const placeOf = ({ file, line }) => `${file}, line ${line}`;

/** What the server threw, in one line, with where it did. */
export function said({ fault, text }) {
  if (!fault) return text;
  const [frame] = fault.frames ?? [];
  const at = frame ? ` (${placeOf(frame)})` : "";
  return `${fault.name}: ${fault.message}${at}`;
}
