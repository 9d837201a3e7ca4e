// The pages of the clients that are open in the lesson: the preview's, and the second client's. Who listens here hears what
// each of them says, and whose it is: { preview, name }, where the name is that on the wire, or null for the learner's own.
// Of one that answers no more "silent" events tell, and "refused" ones where connections are refused, as the learner has
// them.

const HEARD = ["console", "problems", "pushed", "changes", "places", "leaving", "discarded"];

export function gatherPages({ areRefused }) {
  const pages = new EventTarget();
  const known = new Map();
  const tell = (type, detail) => pages.dispatchEvent(new CustomEvent(type, { detail }));

  return Object.assign(pages, {
    add(preview, name = null) {
      known.set(name, preview);
      for (const type of HEARD)
        preview.addEventListener(type, ({ detail }) => tell(type, { ...detail, preview, name }));
      preview.addEventListener("silent", () =>
        tell(areRefused() ? "refused" : "silent", { preview, name }),
      );
    },
    // Whether a client has a page here by this name.
    has: (name) => name !== null && known.has(name),
    of: (name) => known.get(name),
    isOne: () => known.size === 1,
  });
}

// Whose page it is, in words.
export const whosePage = (name) => (name ? `${name}'s page` : "your page");
