// A request as a line for a shell.

// What curl writes itself, and what only browsers are asked for.
const OWN = /^(host|connection|content-length|accept-encoding|upgrade|sec-websocket-.*)$/;

export function asCurl(entry, origin) {
  const { method, path, request_headers: headers, request_body: body, truncated } = entry;
  const host = headers.find(([name]) => name === "host")?.[1];
  const scheme = origin?.split("://")[0] ?? "http";
  const address = host ? `${scheme}://${host}` : (origin ?? "");
  const isCut = truncated && body !== null;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${quoted(method)} `}${quoted(address + path)}`,
    ...headers
      .filter(([name]) => !OWN.test(name))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${quoted(body)}`] : []),
  ];
  const note = isCut ? "# The wire keeps only the beginning of long bodies.\n" : "";
  return note + lines.join(" \\\n  ");
}

const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
