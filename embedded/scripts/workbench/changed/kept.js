// What was told of each exchange, by what it is called on the wire; the oldest goes first. Two that look alike have
// different names: answers their number, messages their line and the how many-th they are (src/web/gateway/watched.rs).

const EXCHANGES = 600;
const CHARACTERS = 4_000_000;
// Records of one exchange: each has a place of its own in the page.
const RECORDS = 40;

export function openKept(opened) {
  const kept = new Map();
  let characters = 0;

  const sizeOf = ({ preview: _, ...record }) => JSON.stringify(record).length;

  const forget = () => {
    for (const [name, records] of kept) {
      if (kept.size <= EXCHANGES && characters <= CHARACTERS) return;
      kept.delete(name);
      for (const record of records) characters -= sizeOf(record);
    }
  };

  return {
    add(record) {
      const name = nameOf(record.tie);
      const records = kept.get(name) ?? [];
      if (records.length === RECORDS) return;
      kept.set(name, [...records, record]);
      characters += sizeOf(record);
      forget();
    },
    /** What was told of an entry of the wire. */
    of: (entry) => namesOf(entry, opened).flatMap((name) => kept.get(name) ?? []),
    /** Whether such events were heard of which nobody knows which they are. */
    isUnsure: (entry) => entry.kind === "sse" && kept.has(unsureOf(entry, opened)),
    /** Lets go of everything: numbers mean something else now. */
    clear() {
      kept.clear();
      characters = 0;
    },
  };
}

const key = (...parts) => JSON.stringify(parts);

function nameOf({ entry, line, request, opened, name, nth, text }) {
  if (entry) return key(entry);
  return key(request ? "r" : "l", request || line, opened, name, nth, text);
}

// Beginning of a text, as the page says it.
const head = (text) => (text ?? "").slice(0, 200);

function namesOf(entry, opened) {
  const { kind, heard, name, request, text, data } = entry;
  if (kind === "http") return [key(entry.entry)];
  if (!heard?.nth) return [];
  const { line, nth } = heard;
  if (kind === "websocket") return [key("l", line, 0, "", nth, head(text))];
  const { round } = roundOf(entry, opened);
  return [
    key("r", request, 0, name, nth, head(data)),
    key("l", line, round, name, nth, head(data)),
  ];
}

// A browser that reconnects keeps the line's mark.
function roundOf({ heard, stream }, opened) {
  const ofLine = opened.filter(({ line }) => line === heard?.line);
  return { round: ofLine.findIndex((each) => each.stream === stream) + 1 };
}

const unsureOf = (entry, opened) =>
  key("l", entry.heard?.line, roundOf(entry, opened).round, entry.name, 0, head(entry.data));
