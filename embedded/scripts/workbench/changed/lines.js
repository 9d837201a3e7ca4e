// Markup as lines that can be read and compared: an element a line, what is within it indented.

const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;
const INLINE =
  /^(a|abbr|b|bdi|br|cite|code|em|i|img|input|kbd|label|mark|q|s|small|span|strong|sub|sup|time|u|var)$/i;
const TOKEN = /<!--[^]*?(?:-->|$)|<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|[^<]+|</gi;
const SHORT = 90;
// What htmx puts on elements while it works is no part of the answer.
const PASSING = /\bhtmx-(swapping|settling|added|request)\b\s?/g;

const tidyTag = (tag) =>
  tag
    .replace(/\s(class)="([^"]*)"/g, (all, name, value) => {
      if (!/\bhtmx-/.test(value)) return all;
      const rest = value.replace(PASSING, "").trim();
      return rest ? ` ${name}="${rest}"` : "";
    })
    .replace(/\sdata-htmx-powered="[^"]*"/g, "");

function tokensOf(markup) {
  return [...markup.matchAll(TOKEN)].flatMap(([all, slash, name]) => {
    if (!name) {
      const said = all.startsWith("<!--") ? all : all.replaceAll(/\s+/g, " ");
      const text = said.trim();
      return text ? [{ text, all: said, isInline: !said.startsWith("<!--") }] : [];
    }
    const text = tidyTag(all);
    const tag = { text, all: text, isInline: INLINE.test(name) };
    if (slash) return [{ ...tag, closes: name }];
    return [VOID.test(name) ? tag : { ...tag, opens: name }];
  });
}

/** The lines of some markup. */
export function linesOf(markup) {
  const tokens = tokensOf(markup);
  const lines = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const { text, opens, closes } = tokens[at];
    if (closes) depth = Math.max(0, depth - 1);
    const whole = opens && wholeAt(tokens, at);
    lines.push("  ".repeat(Math.min(depth, 20)) + (whole?.text ?? text));
    if (whole) at = whole.end;
    else if (opens) depth += 1;
  }
  return lines;
}

// An element with nothing in it but a short text, and what stands within a text, is one line.
function wholeAt(tokens, at) {
  let text = "";
  let depth = 0;
  for (let end = at; end < tokens.length && text.length <= SHORT; end += 1) {
    const { all, opens, closes, isInline } = tokens[end];
    if (end > at && depth > 0 && (opens || !closes) && !isInline) return null;
    text += all;
    if (opens) depth += 1;
    if (closes) depth -= 1;
    if (depth <= 0) return text.length <= SHORT && closes ? { text, end } : null;
  }
  return null;
}
