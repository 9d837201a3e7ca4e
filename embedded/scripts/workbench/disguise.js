// The headers that a browser writes by itself, by where a request comes from. A page cannot choose them; the composer can, so
// it shows what a server would get from a page elsewhere.

export const PLACES = [
  ["own", "Your application's own page"],
  ["sibling", "Another origin of the same site"],
  ["other", "Another site"],
  ["none", "No browser"],
];

// What each means, in words.
export const MEANINGS = {
  own: "As a script in your own page sends it: with the cookies of the client that is chosen.",
  sibling:
    "As a form on a neighbouring sub-domain sends it: its cookies come along, since SameSite looks at the site only.",
  other:
    "As a form on a stranger's page sends it. A browser leaves out cookies with SameSite=Strict, and those with Lax too, unless it goes to a page by GET.",
  none: "As curl sends it: no cookies, and nothing that says where it comes from.",
};

const SAFE = new Set(["GET", "HEAD"]);

// `origin` is the sandbox's; `cookies` are [{ name, value, sameSite }] of the client that it is sent as.
export function disguise({ place, method, isHandshake, origin, cookies }) {
  if (place === "none") return isHandshake ? handshake() : [];
  const from = { own: origin, sibling: siblingOf(origin), other: "https://elsewhere.example" }[
    place
  ];
  const sites = { own: "same-origin", sibling: "same-site", other: "cross-site" };
  const isScript = place === "own";
  // A page that is only gone to has no origin to tell.
  const saysOrigin = isHandshake || !SAFE.has(method);
  const mode = isHandshake ? "websocket" : isScript ? "cors" : "navigate";
  const sent = cookies.filter(({ sameSite }) => comesAlong(sameSite, { place, method, mode }));
  return [
    ...(isHandshake ? handshake() : []),
    ...(saysOrigin ? [["origin", from]] : []),
    ["referer", `${from}/`],
    ["sec-fetch-site", sites[place]],
    ["sec-fetch-mode", mode],
    ["sec-fetch-dest", isScript || isHandshake ? "empty" : "document"],
    ...(sent.length > 0
      ? [["cookie", sent.map(({ name, value }) => `${name}=${value}`).join("; ")]]
      : []),
  ];
}

function comesAlong(sameSite, { place, method, mode }) {
  if (place !== "other" || sameSite === "none") return true;
  return sameSite === "lax" && mode === "navigate" && SAFE.has(method);
}

function siblingOf(origin) {
  const { protocol, hostname, port } = new URL(origin);
  // A name has neighbours; an address has other ports.
  const isAddress = /^[\d.]+$|^\[|^localhost$/.test(hostname);
  if (isAddress) return `${protocol}//${hostname}:${port === "81" ? "82" : "81"}`;
  return `${protocol}//${["elsewhere", ...hostname.split(".").slice(1)].join(".")}${port && `:${port}`}`;
}

const handshake = () => [
  ["connection", "Upgrade"],
  ["upgrade", "websocket"],
  ["sec-websocket-version", "13"],
  ["sec-websocket-key", btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))],
];

// The cookies that a client has, by what the wire shows of it: those that it sent last, and those that it was given since.
// How a cookie was set says whether it goes to other sites; without a word it is Lax, as in Chromium.
export function cookiesOf(client, entries) {
  const jar = new Map();
  const rules = new Map();
  for (const { kind, client: who, request_headers, response_headers } of entries) {
    if (kind !== "http") continue;
    const given = (response_headers ?? []).filter(([name]) => name.toLowerCase() === "set-cookie");
    for (const [, line] of given) rules.set(pairOf(line)[0], ruleOf(line));
    if (who !== client) continue;
    const sent = request_headers.find(([name]) => name === "cookie")?.[1];
    if (sent !== undefined) {
      jar.clear();
      for (const pair of sent.split("; ")) jar.set(...pairOf(pair));
    }
    for (const [, line] of given) {
      const [name, value] = pairOf(line);
      if (isOver(line)) jar.delete(name);
      else jar.set(name, value);
    }
  }
  return [...jar].map(([name, value]) => ({ name, value, sameSite: rules.get(name) ?? "lax" }));
}

function pairOf(line) {
  const [pair] = line.split(";");
  const at = pair.indexOf("=");
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

// Whether a cookie is taken back. What says for how long counts before what says until when.
function isOver(line) {
  const said = (name) => new RegExp(`;\\s*${name}\\s*=([^;]*)`, "i").exec(line)?.[1].trim();
  const age = said("max-age");
  if (/^-?\d+$/.test(age ?? "")) return Number(age) <= 0;
  return Date.parse(said("expires") ?? "") <= Date.now();
}

const ruleOf = (line) => /;\s*samesite=(\w+)/i.exec(line)?.[1].toLowerCase() ?? "lax";
