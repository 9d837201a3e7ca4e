import { web } from "./host.js";
import { partial, rangeOf } from "./range.js";

/** Types that a browser shows by itself; for any other, Bun says what the file is called. */
const SHOWN = /^(text|image|font|audio|video)\/|^application\/(json|wasm)\b/;

/** What a Response made of `Bun.file` becomes for a request: all of the file, or the part it asks. */
export function fileParts(parts, request) {
  const { status, file } = parts;
  const type = parts.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  const headers = SHOWN.test(type) ? parts.headers : named(parts.headers, file.name);
  const whole = { ...parts, headers };
  if (status !== 200 || request.method === "HEAD") return whole;
  const span = web.spanOf(file);
  if (span) {
    const range = ["content-range", `bytes ${span[0]}-${span[1] - 1}/*`];
    return { ...whole, status: 206, headers: [...headers, range] };
  }
  if (request.method !== "GET") return whole;
  const range = rangeOf(request.headers.get("range"), parts.body.length);
  if (range === null) return whole;
  const bare = headers.filter(([name]) => name !== "content-type");
  return partial(whole, range, bare);
}

function named(headers, path) {
  if (headers.some(([name]) => name === "content-disposition")) return headers;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return [...headers, ["content-disposition", `filename="${name}"`]];
}
