const PATHS = [
  "elements",
  "attributes",
  "content",
  "names",
  "ends",
  "texts",
  "comments",
  "document",
];
const MORE = [
  "selectors",
  "inputs",
  "refused",
  "kept",
  "several",
  "waiting",
  "thrown",
  "responses",
];
const SENT = ["text", "html", "bytes", "blob", "json", "later", "empty", "nothing", "throws"];

export default async function ({ get }) {
  for (const path of [...PATHS, ...MORE, "streams", "page"]) await get(`/${path}`);
  for (const path of SENT) await get(`/sent/${path}`);
}
