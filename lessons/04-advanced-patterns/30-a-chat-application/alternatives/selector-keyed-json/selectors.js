// Teaches htmx a message of JSON whose keys are selectors and whose values are HTML.

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

htmx.defineExtension("selectors", {
  // Of a message over a socket the extension gets the text before htmx reads it, and no XMLHttpRequest.
  transformResponse(text, xhr) {
    if (xhr || !text.startsWith("{")) return text;
    return Object.entries(JSON.parse(text)).map(asOutOfBand).join("");
  },
});

// An element says itself how it is swapped; by default what is in it is replaced.
function asOutOfBand([selector, markup]) {
  const style = htmx.find(selector)?.dataset.jsonSwap ?? "innerHTML";
  const tag = markup.startsWith("<tr") ? "tbody" : "div";
  return `<${tag} hx-swap-oob="${style}:${escaped(selector)}">${markup}</${tag}>`;
}

// Each time a line opens, its address says which message is the last one in the page.
htmx.createWebSocket = (address) => {
  const place = htmx.find("#log li:last-child")?.dataset.place ?? "";
  return new WebSocket(`${address}?after=${encodeURIComponent(place)}`);
};
