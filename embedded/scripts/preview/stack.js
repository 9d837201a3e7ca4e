// The preview's own list of visited addresses: `entries`, where we are, and what the navigation under
// way will do to the list (`pending`). It lives in sessionStorage, so it outlasts each document.
//
// An entry's `document` says which document it belongs to: between two entries of the same one, Back is
// a popstate; between two documents it is a load.

const KEY = "hxlab.preview";
const LIMIT = 100;

export function openStack() {
  let kept = { entries: [], index: -1, pending: null };
  try {
    kept = { ...kept, ...JSON.parse(sessionStorage.getItem(KEY)) };
  } catch {
    // Storage is full or its text is foreign: begin anew.
  }

  const keep = () => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Full: the list still holds while this document lives.
    }
  };

  return {
    get here() {
      return kept.entries[kept.index];
    },
    get length() {
      return kept.entries.length;
    },
    get isExpecting() {
      return kept.pending !== null;
    },
    canGo: (steps) => kept.entries[kept.index + steps] !== undefined,
    at: (steps) => kept.entries[kept.index + steps],

    push(entry) {
      kept.entries.splice(kept.index + 1, Infinity, entry);
      kept.entries.splice(0, kept.entries.length - LIMIT);
      kept.index = kept.entries.length - 1;
      keep();
    },
    replace(entry) {
      kept.entries[Math.max(0, kept.index)] = entry;
      kept.index = Math.max(0, kept.index);
      keep();
    },
    move(steps) {
      kept.index += steps;
      keep();
    },
    reset() {
      kept = { entries: kept.entries.slice(kept.index, kept.index + 1), index: 0, pending: null };
      keep();
    },
    // What the next document finds: "push", "replace" or { steps } of a way back or forward.
    expect(pending) {
      kept.pending = pending;
      keep();
    },
    arrived() {
      const { pending } = kept;
      kept.pending = null;
      keep();
      return pending;
    },
    // A document that is loaded again takes over every entry of its earlier self.
    adopt(before, now) {
      for (const entry of kept.entries) if (entry.document === before) entry.document = now;
      keep();
    },
  };
}
