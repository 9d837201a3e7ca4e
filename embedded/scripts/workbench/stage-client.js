// One client of a check: a frame, and what is asked of the page in it.
//
// A page that does not answer in time (its script is in an endless loop) fails what was asked of it. One
// that loads without our script (it is no HTML) is blind: nothing can be asked of it.

import { make } from "./parts.js";

const ALLOWED = "allow-scripts allow-forms allow-same-origin allow-downloads";
// How long after its load a page's script may take to say that it is there.
const SILENT_MS = 1500;
const LOOPS = "Is there an endless loop in a script?";
const BLIND = "what was loaded is no HTML page: the wire shows what the server sent";
// Questions may be asked again of the next page; of the rest, some wait for something to give back.
const QUESTIONS = new Set([
  "look",
  "instead",
  "address",
  "title",
  "text",
  "idle",
  "heard",
  "dialogs",
]);
const SLOW = new Set(["request", "open"]);

export function openClient({ name, url, mark, clock, limit }) {
  const { origin } = new URL(url);
  const frame = make("iframe", {
    title: `${name}'s browser`,
    sandbox: ALLOWED,
    tabindex: -1,
    src: url,
  });
  const screen = make("div", { class: "screen", inert: true }, frame);
  const figure = make("figure", {}, screen, make("figcaption", {}, name));
  const asked = new Map();
  // What went wrong with the page as a whole.
  const miss = (does, found) =>
    Object.assign(new Error(found), { expected: `${name}'s page ${does}` });
  let number = 0;
  let changes = null;
  let stirred = clock.now();
  let asking = clock.now();
  let isStill = false;
  let isBlind = false;
  let isClosed = false;
  let forget = null;
  let arrive = null;

  const ready = new Promise((done, failed) => {
    arrive = done;
    clock.after(limit, () => failed(miss("loads", `it did not come to its end. ${LOOPS} ${url}`)));
  });

  const post = (id, what, args) =>
    frame.contentWindow?.postMessage({ from: mark, id, what, args }, origin);

  const failAll = (sentence) => {
    for (const { failed } of [...asked.values()]) failed(miss("is there to act in", sentence));
  };

  // A new page is there: questions are asked again, deeds have had their effect.
  const renew = () => {
    isBlind = false;
    forget?.();
    arrive({});
    for (const [id, { what, args, done, failed }] of [...asked]) {
      if (QUESTIONS.has(what)) post(id, what, args);
      else if (SLOW.has(what)) failed(miss("stays while it asks", "it was left meanwhile"));
      else done({});
    }
  };

  frame.addEventListener("load", () => {
    forget?.();
    isBlind = true;
    forget = clock.after(SILENT_MS, () => {
      arrive({ blind: BLIND });
      failAll(BLIND);
    });
  });

  return {
    frame,
    figure,
    origin,
    // Resolves when the first page is there; { blind } when it is none.
    ready,
    // When its page was last seen to change, or to wait for an answer.
    stirred: () => stirred,
    // When it was last seen to load or to wait for an answer.
    asking: () => asking,
    // Whether nothing will come of it by itself, as far as it was last heard of.
    isStill: () => isStill || isClosed,
    hear({ id, value, error, ready: isReady, changes: count, ...rest }) {
      if (!rest.isAtRest) asking = clock.now();
      if (count !== changes || !rest.isAtRest) stirred = clock.now();
      changes = count;
      isStill = rest.isStill;
      if (isReady) return renew();
      const waiting = asked.get(id);
      // Whoever answers is not blind: the load of a page may be told after its script's first words.
      isBlind = false;
      forget?.();
      if (error === undefined) return waiting?.done(value);
      return waiting?.failed(new Error(error));
    },
    ask: (what, args) =>
      new Promise((done, failed) => {
        if (isClosed) return failed(miss("is there to act in", "its window is closed"));
        const id = (number += 1);
        const settle = (end) => (result) => {
          cancel();
          asked.delete(id);
          end(result);
        };
        const entry = { what, args, done: settle(done), failed: settle(failed) };
        const long = SLOW.has(what) ? limit * 2 : limit;
        const cancel = clock.after(long, () =>
          entry.failed(miss("answers", isBlind ? BLIND : LOOPS)),
        );
        asked.set(id, entry);
        return post(id, what, args);
      }),
    close() {
      isClosed = true;
      forget?.();
      failAll("its window was closed");
      figure.remove();
    },
  };
}
