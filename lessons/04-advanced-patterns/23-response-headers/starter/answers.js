// Answers to htmx: a piece of HTML, and headers that say what to do with it.
export function answer(markup, headers = {}, status = 200) {
  const type = { "Content-Type": "text/html; charset=utf-8" };
  return new Response(markup.toString(), { status, headers: { ...type, ...headers } });
}

/** JSON for a header, in ASCII alone: whatever a visitor wrote arrives as it was written. */
export function inHeader(value) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[^ -~]/g, escaped);
}
