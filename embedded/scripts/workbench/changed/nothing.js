// Why an exchange of which the page has told nothing has changed nothing, by what the wire itself knows.

const header = ({ request_headers: headers = [] }, name) =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? "";

/** A sentence; empty where nothing needs to be said. */
export function nothingWords(entry, isUnsure) {
  if (entry.kind === "http") return ofRequest(entry);
  if (entry.event !== "message") return "";
  if (entry.direction === "in" && entry.composed)
    return "You composed this in the page's place. What comes back has rows of its own.";
  if (entry.direction === "in")
    return "The page sent this. What comes back has rows of its own, and they say what it changed.";
  if (isUnsure)
    return "The page began to listen for events of this name after the stream had begun, so nobody can tell which of them changed what.";
  if (entry.receivers)
    return "So many browsers got this that their copies are not listed one by one, and what each changed is not known.";
  if (!entry.heard?.line && entry.kind === "websocket")
    return "This went to another tab or browser, and only the clients that are shown here tell what it changed.";
  return "htmx has swapped nothing for this: a script of the page's own hears it, nothing in the page listens for it, it went to another tab than the one shown here, or the page was left before it came.";
}

function ofRequest(entry) {
  const { status, htmx, type = "", method, client } = entry;
  if (client === "Composer") return "You composed this; no page received it.";
  if (status === null) return "Not answered yet.";
  const goal = header(entry, "sec-fetch-dest");
  if (status === 101) return "A WebSocket opened. Its messages have rows of their own.";
  if (type.startsWith("text/event-stream"))
    return "A stream of events opened. Its events have rows of their own.";
  if (header(entry, "upgrade")) return "A WebSocket was asked for, and none opened.";
  if (header(entry, "accept") === "text/event-stream")
    return "A stream of events was asked for, but the answer is not one.";
  if (status >= 300 && status < 400 && status !== 304)
    return "The browser followed this to another address by itself. What came from there has a row of its own.";
  if (htmx?.length)
    return "The page has not said what it did with this answer: another tab or browser asked for it, htmx gave it up (`hx-sync`, a time-out) or waits with the swap (`swap:1s`), or the page was left before it came.";
  if (goal === "iframe" || goal === "document" || header(entry, "sec-fetch-mode") === "navigate")
    return `${method === "GET" ? "" : "The form was sent by the browser itself. "}The browser opened this as a page, so all of it is new. htmx had no part in it.`;
  if (goal && goal !== "empty")
    return "The browser loaded this for the page. htmx had no part in it.";
  return "htmx did not ask for this: a script of the page (`fetch`) or another program did, and what that changed is not known.";
}
