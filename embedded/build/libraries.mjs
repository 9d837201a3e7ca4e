// What learners' pages load by fixed short paths, `/lib/NAME`, and where npm puts it.

export const libraries = {
  "htmx-2.js": "htmx2/dist/htmx.min.js",
  "htmx-2-ws.js": "htmx-ext-ws/dist/ws.min.js",
  "htmx-2-sse.js": "htmx-ext-sse/dist/sse.min.js",
  "idiomorph.js": "idiomorph/dist/idiomorph-ext.min.js",
  "htmx-4.js": "htmx4/dist/htmx.min.js",
  "htmx-4-ws.js": "htmx4/dist/ext/hx-ws.min.js",
  "htmx-4-sse.js": "htmx4/dist/ext/hx-sse.min.js",
};
