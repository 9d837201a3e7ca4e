// The known mistakes: each rule's sentences, what happens and what to do.

const INSTEAD = {
  2: {
    "hx-action": "`hx-get`, `hx-post` and so on with the address as their value",
    "hx-method": "`hx-get`, `hx-post` and so on with the address as their value",
    "hx-query": "`hx-get`",
    "hx-config": "`hx-request`",
    "hx-ignore": "`hx-disable`",
    "hx-status": "`htmx.config.responseHandling`, in the page's `htmx-config`",
    "hx-morph-skip": "`hx-preserve` with an `id`, in the answer",
    "hx-morph-skip-children": "`hx-preserve` with an `id`, in the answer",
    "hx-ws:connect": '`ws-connect` inside `hx-ext="ws"`, with the script `/lib/htmx-2-ws.js`',
    "hx-ws:send": '`ws-send` inside `hx-ext="ws"`, with the script `/lib/htmx-2-ws.js`',
    "hx-sse:connect": '`sse-connect` inside `hx-ext="sse"`, with the script `/lib/htmx-2-sse.js`',
    "hx-sse:close": '`sse-close` inside `hx-ext="sse"`, with the script `/lib/htmx-2-sse.js`',
  },
  4: {
    "hx-disabled-elt": "`hx-disable`",
    "hx-request": "`hx-config`",
    "hx-vars": "`hx-vals` with a value that begins with `js:`",
    "hx-params": "a listener for `htmx:config:request`, or `hx-vals`",
    "hx-ext": "no attribute: an extension works as soon as its script is loaded",
    "hx-inherit": "`:inherited` after the name of what is to be inherited",
    "hx-disinherit": "nothing: only what says `:inherited` is inherited",
    "sse-swap":
      "`hx-sse:connect`, with messages that have no event name, or `<hx-partial hx-target=…>` in them",
  },
};

const instead = (name, version) => {
  if (version === 2 && /:(inherited|append)/.test(name))
    return `\`${name.replace(/:.*/, "")}\`, which htmx 2 inherits by itself`;
  return INSTEAD[version][name] ?? INSTEAD[version][name.replace(/:.*/, "")];
};

const say = (text, advice) => ({ text, advice });

export const SENTENCES = {
  shadowed: () =>
    say(
      "The server’s answer to `/` is never asked for: the project has an index.html, which comes first.",
      "Delete index.html, or give it another name, to let the server answer.",
    ),
  unknown: ({ name, version, meant }) =>
    say(
      `There is no attribute \`${name}\` in htmx ${version}, so it does nothing.`,
      meant ? `Did you mean \`${meant}\`?` : "Look at how it is spelt, or delete it.",
    ),
  version({ name, version }) {
    const use = instead(name, version);
    return say(
      `\`${name}\` belongs to htmx ${version === 2 ? 4 : 2}, and this page loads htmx ${version}, where it does nothing.`,
      use ? `Use ${use}.` : `Delete it: htmx ${version} has nothing like it.`,
    );
  },
  on: ({ name, version, meant }) =>
    say(
      `\`${name}\` is no attribute of htmx ${version}, so its code never runs.`,
      `Write a colon between \`hx-on\` and the event: \`${meant}\`.`,
    ),
  event: ({ name, version, meant }) =>
    say(
      `No event of htmx ${version} has the name in \`${name}\`, so its code never runs.`,
      version === 4
        ? `htmx 4 writes the names of events with colons. Write \`${meant}\`.`
        : `HTML turns the names of attributes into lower case, and htmx 2 has these events with hyphens. Write \`${meant}\`.`,
    ),
  off: ({ name, extension }) =>
    say(
      `\`${name}\` stands outside \`hx-ext="${extension}"\`, so nothing connects.`,
      `Write \`hx-ext="${extension}"\` on the same element, or on one around it.`,
    ),
  missing: ({ name, extension, version }) =>
    say(
      `\`${name}\` needs an extension whose script is not on this page, so nothing connects.`,
      `Load \`/lib/htmx-${version}-${extension}.js\` after htmx.`,
    ),
  target: ({ selector, element, version }) =>
    say(
      `No element matches \`hx-target="${selector}"\` of ${element}, so ${
        version === 4 ? "htmx 4 put the answer into that element itself" : "htmx sent no request"
      }.`,
      "Look at how the target is spelt, and whether it is on the page when the request is sent.",
    ),
  retarget: ({ selector }) =>
    say(
      `No element matches \`HX-Retarget: ${selector}\` of an answer, so the answer was not swapped.`,
      "Look at how the header's selector is spelt, and whether that element is on the page.",
    ),
  oob: ({ selector }) =>
    say(
      `An answer has a part for \`${selector}\`, out of band, and nothing on the page matches that: it was thrown away.`,
      "Give the element on the page this id, or leave the part out of the answer.",
    ),
  place: ({ element }) =>
    say(
      `A WebSocket message has ${element} without an id, so htmx did not know where to put it and dropped it.`,
      'Give it the id of the element that it replaces, or `hx-swap-oob="beforeend:#list"` with the place.',
    ),
  page: ({ path, element }) =>
    say(
      `The answer from ${path} is a whole page, and it was put into ${element}.`,
      "Answer requests of htmx with the part alone, or take a part of the page by `hx-select`.",
    ),
  refused: ({ status, method, path }) =>
    say(
      `The server answered ${status} to ${method} ${path}, and htmx 2 does not swap such an answer: nothing is shown.`,
      "Answer with 200, or allow it in `htmx.config.responseHandling`, or in a listener for `htmx:beforeSwap`.",
    ),
  pushed: ({ path }) =>
    say(
      `${path} was pushed to the address bar, and the server answers 404 to it: a reload shows no page.`,
      "Give the server a route for this address that answers with the whole page.",
    ),
  json: ({ name }) =>
    say(
      `The value of \`${name}\` is not JSON, so the request is not sent.`,
      `Names and texts need double quotes: \`${name}='{"name": "value"}'\`.`,
    ),
  elsewhere: ({ kind, url, library }) =>
    say(
      `The ${kind} ${url} was not loaded: a sandbox has no network and reaches only its own address.`,
      library
        ? `The sandbox has this one: use \`${library}\`.`
        : "Put the file into the project and use its path there.",
    ),
  library: ({ event, reason }) => say(`An error in htmx, \`${event}\`: ${reason}`, ""),
};

/** A problem as the list takes it; what the code is searched for where no line is known is in `find`. */
export function mistake(broken, rest) {
  const { rule, ...facts } = broken;
  return { key: `mistake ${rule} ${JSON.stringify(facts)}`, ...SENTENCES[rule](broken), ...rest };
}
