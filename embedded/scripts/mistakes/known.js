// The attributes of htmx 2 and 4 and of their extensions: a table, which tests/weblayer/mistakes.test.mjs compares with
// the packages' own sources.

const named = (prefix, words) => words.split(" ").map((word) => prefix + word);

const CORE_2 =
  "boost confirm delete disable disabled-elt disinherit encoding ext get headers history history-elt include indicator " +
  "inherit params patch post preserve prompt push-url put replace-url request select select-oob swap swap-oob sync " +
  "target trigger validate vals vars";
const CORE_4 =
  "action boost config confirm delete disable encoding get headers history-elt ignore include indicator method " +
  "morph-skip morph-skip-children patch post preserve push-url put query replace-url select select-oob swap swap-oob " +
  "sync target trigger validate vals";
const OTHERS_4 =
  "browser-indicator head history live multipart:close multipart:connect nonce pending preload prompt ptag targets";

/** What each version knows by itself. */
export const CORE = { 2: new Set(named("hx-", CORE_2)), 4: new Set(named("hx-", CORE_4)) };

/** What the extensions in `/lib/` add. */
export const EXTENSIONS = {
  2: { ws: named("ws-", "connect send"), sse: named("sse-", "close connect swap") },
  4: { ws: named("hx-ws:", "connect send"), sse: named("hx-sse:", "close connect") },
};

/** What other extensions of the same package add; theirs are right wherever they stand. */
export const OTHERS = { 2: new Set(named("hx-", "head")), 4: new Set(named("hx-", OTHERS_4)) };

/** Names of htmx 2 that the extensions of htmx 4 still take, with a warning in the console. */
export const STILL_TAKEN = new Set(["ws-connect", "ws-send", "sse-connect", "sse-close"]);

const LIVE_2 =
  "ws-connecting ws-open ws-close ws-error ws-config-send ws-before-send ws-after-send ws-before-message " +
  "ws-after-message sse-open sse-error sse-before-message sse-message sse-close";
/** Events of htmx 2 of more than one word, as attributes write them after `hx-on::`. */
export const EVENTS_2 = (
  "after-on-load after-process-node after-request after-settle after-swap before-cleanup-element before-history-save " +
  "before-history-update before-on-load before-process-node before-request before-send before-swap before-transition " +
  "config-request history-restore oob-after-swap oob-before-swap oob-error-no-target on-load-error response-error " +
  "send-abort send-error swap-error target-error validate-url pushed-into-history replaced-in-history " +
  LIVE_2
).split(" ");

export const attributesOf = (version) =>
  new Set([...CORE[version], ...Object.values(EXTENSIONS[version]).flat()]);
