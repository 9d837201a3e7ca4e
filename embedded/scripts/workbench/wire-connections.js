// The connections that are open: WebSockets and streams of events, by their numbers. One that was opened before we heard of
// it is known by what crosses it.

export function followConnections() {
  const known = new Map();

  return {
    hear({ kind, event, socket, stream, path, client }) {
      if (kind === "http" || kind === "fault") return;
      const number = socket ?? stream;
      const key = `${kind} ${number}`;
      if (event === "close") known.delete(key);
      else if (!known.has(key)) known.set(key, { kind, number, path, client });
    },
    clear: () => known.clear(),
    // Those of this kind.
    open: (kind) => [...known.values()].filter((each) => each.kind === kind),
  };
}
