// The sandbox's own copy of a library that a page would load from another host, or null.

const VERSION = /(?:htmx(?:\.org)?|htmx-ext-\w+)[@/]v?(\d)/;

export function libraryFor(url) {
  if (/idiomorph/.test(url)) return "/lib/idiomorph.js";
  if (!/htmx|\/ext\//.test(url)) return null;
  const version = /\/\/four\.htmx\.org\//.test(url) ? "4" : VERSION.exec(url)?.[1];
  const isFour = version === "4" && !/htmx-ext-/.test(url);
  const four = isFour || /hx-(ws|sse)/.test(url);
  const extension = /(?:htmx-ext-|hx-|\/)(ws|sse)\b/.exec(url)?.[1];
  if (!extension && /\/ext\/|htmx-ext-/.test(url)) return null;
  return `/lib/htmx-${four ? 4 : 2}${extension ? `-${extension}` : ""}.js`;
}
