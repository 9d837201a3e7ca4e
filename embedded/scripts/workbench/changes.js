// What the preview's page says htmx has changed: all that keeps and shows it is loaded with the first of it.

const OPENED = 200;

let fill = () => {};

/** Says in a place of the detail what an exchange has changed; without a place, none is looked at any more. */
export const fillChanged = (place, entry) => fill(place, entry);

export function keepChanges({ feed, preview, places }) {
  // The streams of the preview, in the order in which they opened.
  const opened = [];
  let loading = null;

  const load = () =>
    (loading ??= import("./changed/changed.js").then(
      ({ openChanged }) => openChanged({ preview, places, opened }),
      () => (loading = null),
    ));

  preview.addEventListener("changes", async ({ detail }) => (await load())?.add(detail.entries));
  feed.addEventListener("wire", ({ detail: { kind, event, heard, stream } }) => {
    if (kind !== "sse" || event !== "open" || !heard?.line) return;
    opened.push({ line: heard.line, stream });
    if (opened.length > OPENED) opened.shift();
  });
  fill = async (place, entry) => (await (place ? load() : loading))?.draw(place, entry);
}
