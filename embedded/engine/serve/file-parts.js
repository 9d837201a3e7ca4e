import { web } from "./host.js";
import { partial, rangeOf } from "./range.js";

/** Types that a browser shows by itself; for any other, Bun says what the file is called. */
const SHOWN = /^(text|image|font|audio|video)\/|^application\/(json|wasm)\b/;

/** What a Response made of `Bun.file` becomes for a request: all of the file, or the part it asks. */
export function fileParts(parts, asked) {
  const { status, file } = parts;
  const type = web.fieldValue(parts.fields, "content-type") ?? "";
  const fields = SHOWN.test(type) ? parts.fields : named(parts.fields, file.name);
  const whole = { ...parts, fields };
  if (status !== 200 || asked.method === "HEAD") return whole;
  const span = web.spanOf(file);
  if (span) {
    const range = `bytes ${span[0]}-${span[1] - 1}/*`;
    return { ...whole, status: 206, fields: [...fields, "content-range", range] };
  }
  if (asked.method !== "GET") return whole;
  const range = rangeOf(web.fieldValue(asked.fields, "range"), parts.body.length);
  if (range === null) return whole;
  return partial(whole, range, web.fieldsWithout(fields, "content-type"));
}

function named(fields, path) {
  if (web.fieldValue(fields, "content-disposition") !== undefined) return fields;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return [...fields, "content-disposition", `filename="${name}"`];
}
