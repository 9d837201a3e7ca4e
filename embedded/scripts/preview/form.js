// Sends a plain POST form in the browser's stead: its navigation could not become a replacement. The
// gateway takes the request for the browser's own and says which address to open; a page that is the
// form's answer waits there until it is opened (src/web/gateway/form.rs).

const HEADERS = { "Hxlab-Form": "1", Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const TICKET = "hxlab-held";

let latest;

export async function sendForm(event, { location }, history, write) {
  const { formData, destination, sourceElement } = event;
  latest?.abort();
  latest = new AbortController();
  const { signal } = latest;
  const request = { method: "POST", signal, ...encoded(formData, encoding(sourceElement)) };
  let url = destination.url;
  try {
    for (let sent = 0; sent < 20; sent += 1) {
      const { headers } = await fetch(url, request);
      const place = headers.get("Hxlab-Open") ?? headers.get("Hxlab-Resend");
      if (place === null) return history.stayed();
      url = new URL(place, url).href;
      if (headers.has("Hxlab-Open")) return open(url, location, history);
    }
    throw new Error("it was sent on from address to address without an end");
  } catch (error) {
    if (signal.aborted) return undefined;
    write("error", `The form was not sent to ${url}: ${error.message}`);
    return history.stayed();
  }
}

// The address that the document was opened at, without the ticket for its text.
export function withoutTicket(address) {
  const url = new URL(address);
  if (!url.searchParams.has(TICKET)) return address;
  const pairs = url.search.slice(1).split("&");
  url.search = pairs.filter((pair) => !pair.startsWith(`${TICKET}=`)).join("&");
  return url.href;
}

function open(url, location, history) {
  history.leaving("push", withoutTicket(url));
  const [page, place] = url.split("#");
  const isJump = place !== undefined && page === location.href.split("#")[0];
  location.replace(url);
  if (isJump) location.reload();
}

function encoding(source) {
  const form = source?.form ?? source?.closest?.("form");
  return source?.getAttribute?.("formenctype") ?? form?.enctype;
}

function encoded(formData, enctype) {
  const hasFile = [...formData.values()].some((value) => typeof value !== "string");
  if (enctype === "multipart/form-data" || (!enctype && hasFile)) {
    return { headers: HEADERS, body: formData };
  }
  const pairs = [...formData].map(([name, value]) => [lines(name), lines(value.name ?? value)]);
  if (enctype === "text/plain") {
    const body = pairs.map(([name, value]) => `${name}=${value}\r\n`).join("");
    return { headers: { ...HEADERS, "Content-Type": "text/plain" }, body };
  }
  const type = "application/x-www-form-urlencoded";
  return {
    headers: { ...HEADERS, "Content-Type": type },
    body: new URLSearchParams(pairs).toString(),
  };
}

// Forms are sent with the line ends of the internet.
const lines = (text) => text.replace(/\r\n?|\n/g, "\r\n");
