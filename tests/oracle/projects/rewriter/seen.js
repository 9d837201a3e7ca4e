// What a rewriting came to, in a form that JSON keeps.

/** `[name, code, message]` of what is thrown, or the value. */
export async function seen(act) {
  try {
    return shown(await act());
  } catch (error) {
    return error instanceof Error ? ["threw", error.name, error.code, error.message] : error;
  }
}

/** The same at once, for use in a handler. */
export function tried(act) {
  try {
    return shown(act());
  } catch (error) {
    return ["threw", error.name, error.code, error.message];
  }
}

export const shown = (value) => (value === undefined ? "undefined" : value);

/** A route's answer: all of these. */
export const all = (acts) => async () => {
  const results = [];
  for (const act of acts) results.push(await seen(act));
  return Response.json(results);
};

export const rewriter = () => new HTMLRewriter();

/** Rewrites with handlers of a selector, and gives what they noted as well. */
export const on = (html, selector, make) => () => {
  const notes = [];
  return [rewriter().on(selector, make(notes)).transform(html), notes];
};

/** The same with handlers of one kind. */
export const element = (html, selector, act) =>
  on(html, selector, (notes) => ({ element: (it) => act(it, notes) }));

/** Handlers of the document. */
export const onDocument = (html, make) => () => {
  const notes = [];
  return [rewriter().onDocument(make(notes)).transform(html), notes];
};
