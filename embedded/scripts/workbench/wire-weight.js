// What an entry of the wire takes in memory, in bytes, about: its texts, and something for the rest.

const REST = 500;

export function weightOf({ text, data, body, request_body, withheld, ...entry }) {
  const texts = [
    text,
    data,
    body,
    request_body,
    ...flat(entry.request_headers),
    ...flat(entry.response_headers),
    ...(withheld ?? []).map(({ name }) => name),
  ];
  return texts.reduce((sum, each) => sum + (each?.length ?? 0), REST);
}

const flat = (headers) => (headers ?? []).flat();
