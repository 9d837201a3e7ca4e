// What is typed but not yet acknowledged by the server, kept in this browser: one entry a tab, so that
// two tabs of one work never overwrite each other's.
//
// An entry is { version, files, sent, at }: the server's version that the files build on, and the files
// of a save whose answer is still due (it may have arrived although its answer did not).

export function openKeep(work) {
  const prefix = `hxlab.draft.${work}.`;
  const own = prefix + tabName();

  return {
    write: (entry) => quietly(() => localStorage.setItem(own, JSON.stringify(entry))),
    clear: () => quietly(() => localStorage.removeItem(own)),
    // Forgets an entry that a tab left behind, once its files are safe under this tab's own.
    drop: ({ key }) => key !== own && quietly(() => localStorage.removeItem(key)),
    // The entries left behind, this tab's own first, then the newest.
    left() {
      const keys = quietly(() => Object.keys(localStorage)) ?? [];
      return keys
        .filter((key) => key.startsWith(prefix))
        .map((key) => ({ key, ...quietly(() => JSON.parse(localStorage.getItem(key))) }))
        .filter((entry) => entry.files)
        .sort((a, b) => (b.key === own) - (a.key === own) || b.at - a.at);
    },
  };
}

// The tab's own, as long as it is open.
export function tabName() {
  const name =
    quietly(() => sessionStorage.getItem("hxlab.tab")) ?? Math.random().toString(36).slice(2, 10);
  quietly(() => sessionStorage.setItem("hxlab.tab", name));
  return name;
}

// Storage can be full or forbidden; the server's copy is then the only one.
export function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
