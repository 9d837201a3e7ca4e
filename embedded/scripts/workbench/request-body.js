// What the wire has kept of a request's body: all of a short text, the beginning of a long one, and nothing else.

import { sizeOf } from "./size-of.js";

/** "all", "start" or "none". */
export function keptOf({ request_body: body, request_size: size = 0 }) {
  if (!body) return size > 0 ? "none" : "all";
  return new TextEncoder().encode(body).length < size ? "start" : "all";
}

/** “1.2 KiB of image/png”. */
export function bodyInWords({ request_headers: headers, request_size: size }) {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  return bytesOfType(size, type);
}

export const bytesOfType = (size, type) =>
  `${sizeOf(size)} of ${type.split(";")[0].trim() || "an unknown type"}`;
