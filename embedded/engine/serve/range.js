// A part of a file (RFC 9110, section 14): one range of bytes; anything else is answered in full.

/** `[from, to]` with both ends in it, null for all of it, or undefined where there is nothing. */
export function rangeOf(header, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (!first && !last) return null;
  if (first && last && Number(last) < Number(first)) return null;
  const from = first ? Number(first) : Math.max(0, size - Number(last));
  const to = first && last ? Math.min(Number(last), size - 1) : size - 1;
  return from < size ? [from, to] : undefined;
}

/** The same answer for a part of its bytes; `refused` are the fields of a part that cannot be had. */
export function partial({ fields, body }, range, refused) {
  const size = body.length;
  const ranges = ["accept-ranges", "bytes"];
  if (range === undefined) {
    const all = [...refused, "content-range", `bytes */${size}`, ...ranges];
    return { status: 416, fields: all, body: new Uint8Array(0) };
  }
  const [from, to] = range;
  const all = [...fields, "content-range", `bytes ${from}-${to}/${size}`, ...ranges];
  return { status: 206, fields: all, body: body.subarray(from, to + 1) };
}
