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

/** The same answer for a part of its bytes; `headers` are those of a part that cannot be had. */
export function partial({ headers, body }, range, refusedHeaders) {
  const size = body.length;
  if (range === undefined) {
    const none = [
      ["content-range", `bytes */${size}`],
      ["accept-ranges", "bytes"],
    ];
    return { status: 416, headers: [...refusedHeaders, ...none], body: new Uint8Array(0) };
  }
  const [from, to] = range;
  const part = [
    ["content-range", `bytes ${from}-${to}/${size}`],
    ["accept-ranges", "bytes"],
  ];
  return { status: 206, headers: [...headers, ...part], body: body.subarray(from, to + 1) };
}
