// HTMLRewriter: what handlers see and do, what is refused, promises, and responses.

import { page, responses, sent, streams } from "./answers.js";
import { attributes, content, elements, ends, names } from "./elements.js";
import { comments, document, kept, several, texts } from "./others.js";
import { inputs, refused, selectors, thrown, waiting } from "./uses.js";

const parts = { elements, attributes, content, names, ends, texts, comments, document, kept };
const uses = { several, selectors, refused, inputs, thrown, waiting, responses, streams, page };

export default {
  routes: {
    ...Object.fromEntries(
      Object.entries({ ...parts, ...uses }).map(([name, answer]) => [`/${name}`, answer]),
    ),
    ...sent,
  },
  fetch: () => new Response("nothing", { status: 404 }),
  error: (error) => new Response(`refused: ${error.message}`, { status: 500 }),
};
