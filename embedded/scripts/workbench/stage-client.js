// One client of a check: a frame, and what is asked of the page in it.
//
// A page that does not answer in time (its script is in an endless loop) fails what was asked of it. One
// that is no HTML, and so has not our script, is blind: nothing can be asked of it. That it is so says the wire; that a
// page is silent says nothing, since on a busy machine a good one is silent for long.

import { make } from "./parts.js";

const ALLOWED = "allow-scripts allow-forms allow-same-origin allow-downloads";
// So often the wire is asked what a page is that has loaded and says nothing.
const LOOK_MS = 500;
const LOOPS = "Is there an endless loop in a script?";
const SILENT = "it was loaded, but its script does not answer";
const blindness = (type) =>
  `what was loaded is no HTML page, but ${type || "of no type"}: the wire shows what the server sent`;
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

// `typeOf` gives the media type of the last document that the client was sent, or null where none is known.
export function openClient({ name, url, mark, clock, limit, typeOf }) {
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
  let isSilent = false;
  let isClosed = false;
  let forget = null;
  let arrive = null;

  const ready = new Promise((done, failed) => {
    arrive = done;
    clock.after(limit, () => {
      const found = isSilent ? SILENT : "it did not come to its end";
      failed(miss("loads", `${found}. ${LOOPS} ${url}`));
    });
  });

  const post = (id, what, args) =>
    frame.contentWindow?.postMessage({ from: mark, id, what, args }, origin);

  const failAll = (sentence) => {
    for (const { failed } of [...asked.values()]) failed(miss("is there to act in", sentence));
  };

  // A new page is there: questions are asked again, deeds have had their effect.
  const renew = () => {
    isSilent = false;
    forget?.();
    arrive({});
    for (const [id, { what, args, done, failed }] of [...asked]) {
      if (QUESTIONS.has(what)) post(id, what, args);
      else if (SLOW.has(what)) failed(miss("stays while it asks", "it was left meanwhile"));
      else done({});
    }
  };

  const look = () => {
    const type = typeOf();
    if (type === null || /html/.test(type)) return lookLater();
    const blind = blindness(type);
    arrive({ blind });
    return failAll(blind);
  };
  const lookLater = () => (forget = clock.after(LOOK_MS, look));

  frame.addEventListener("load", () => {
    forget?.();
    isSilent = true;
    lookLater();
  });

  return {
    frame,
    figure,
    handOver() {
      screen.inert = false;
      frame.removeAttribute("tabindex");
    },
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
      // The load of a page may be told after its script's first words.
      isSilent = false;
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
          entry.failed(miss("answers", isSilent ? `${SILENT}. ${LOOPS}` : LOOPS)),
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
