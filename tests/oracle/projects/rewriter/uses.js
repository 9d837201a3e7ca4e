import { all, rewriter } from "./seen.js";

const SELECTORS = [
  "a, b",
  "a > b",
  "a b",
  "a:not(.x)",
  "a:nth-child(2)",
  "a:first-child",
  "a:nth-of-type(2n+1)",
  ".x",
  "#y",
  "[t]",
  "[t=v]",
  "[t^=v]",
  "[t$=v]",
  "[t*=v]",
  "[t~=v]",
  "[t|=v]",
  "[t=V i]",
  "*|a",
  "é",
];
const WRONG = [
  "",
  "<",
  "a:hover",
  "a::before",
  "a > ",
  "a + b",
  "a ~ b",
  "a:last-child",
  "a:is(b)",
  "svg|a",
  "a:has(b)",
  "[a!=b]",
  "..",
  "#",
  "a[",
  "a:empty",
  "a || b",
  5,
];
const PAGE =
  '<a class=x></a><a id=y t=v><b></b></a><div><a t="v w"></a><a t=v-x><i><b></b></i></a></div>';
const mark = { element: (it) => void it.setAttribute("m", "") };

export const selectors = all([
  ...SELECTORS.map((selector) => () => rewriter().on(selector, mark).transform(PAGE)),
  ...WRONG.map((selector) => () => rewriter().on(selector, mark)),
]);

const HANDLERS = [null, 5, { element: 5 }, { element: null }, { text: "x" }, { comments: {} }];

export const refused = all([
  () => rewriter().on(),
  () => rewriter().on("a"),
  () => rewriter().on(null, {}),
  ...HANDLERS.map((handlers) => () => rewriter().on("a", handlers)),
  () => typeof rewriter().on("a", { element: undefined, other: 3 }),
  () => typeof rewriter().on("a", () => {}),
  () => rewriter().onDocument(),
  () => rewriter().onDocument(null),
  () => rewriter().onDocument({ doctype: 5 }),
  () => rewriter().onDocument({ end: {} }),
  () => rewriter().transform(),
  ...[null, undefined, 5, {}, true, Promise.resolve("x"), ["<p>"]].map(
    (input) => () => rewriter().transform(input),
  ),
  () => rewriter().transform(new Blob(["<p>"])),
  () => rewriter().transform(new ReadableStream()),
  () => rewriter().transform(new Request("http://a/", { method: "POST", body: "<p>" })),
  () => [HTMLRewriter.name, HTMLRewriter.length, String(rewriter())],
  () => [rewriter().on("a", {}), rewriter().onDocument({})].map((it) => it instanceof HTMLRewriter),
]);

const bytes = (text) => new TextEncoder().encode(text);
const text = (bytes) => new TextDecoder().decode(bytes);
const marked = () => rewriter().on("p", mark);
const ofBytes = (input) => {
  const made = marked().transform(input);
  return [Object.prototype.toString.call(made), text(made)];
};

export const inputs = all([
  () => marked().transform("<p>x"),
  () => marked().transform(""),
  () => marked().transform(new String("<p>")),
  () => marked().transform("\ufeff<p>"),
  () => ofBytes(bytes("<p>x")),
  () => ofBytes(bytes("<p>x").buffer),
  () => ofBytes(bytes("__<p>x").subarray(2)),
  () => ofBytes(Buffer.from("<p>x")),
  () => ofBytes(new DataView(bytes("<p>x").buffer)),
  () => rewriter().transform("<p>"),
  () => [...new Uint8Array(marked().transform(new Uint8Array([60, 112, 62, 0xe9, 0xff])))],
  () => {
    const read = rewriter().on("p", { text() {} });
    return [...new Uint8Array(read.transform(new Uint8Array([60, 112, 62, 0xe9, 0xff, 65])))];
  },
  () => {
    const twice = marked();
    return [twice.transform("<p>1"), twice.transform("<p>2")];
  },
]);

const with_ = (element) => rewriter().on("p", { element });
const failing = (act) => [
  () => with_(act).transform("<p>x"),
  () => with_(act).transform(new Response("<p>x")).text(),
];

export const thrown = all([
  ...failing(() => {
    throw new TypeError("thrown");
  }),
  ...failing(() => {
    throw 5;
  }),
  ...failing(() => {
    throw undefined;
  }).slice(0, 1),
  ...failing(() => new Error("returned")),
  ...failing(() => 5),
  ...failing(async () => {
    throw new RangeError("rejected");
  }),
  ...failing(async () => {
    await 1;
    throw new RangeError("rejected later");
  }),
  ...failing(() => Promise.reject(6)),
  ...failing(() => ({ then: (done) => done() })),
  () => {
    const broken = with_((it) => it.setAttribute("a b", ""));
    return broken.transform("<p>");
  },
  () =>
    rewriter()
      .onDocument({
        end() {
          throw new Error("end");
        },
      })
      .transform(new Response("<p>"))
      .text(),
]);

const logged = async (act) => {
  const log = [];
  queueMicrotask(() => log.push("microtask"));
  const made = act(log);
  log.push("returned");
  return [log, await (made instanceof Response ? made.text() : made)];
};
const slow = (log) =>
  with_(async (it) => {
    log.push("begun");
    for (let times = 0; times < 5; times += 1) await 1;
    log.push("done");
    it.setAttribute("a", 1);
  });
const slower = (log) =>
  with_(async (it) => {
    log.push("begun");
    await Bun.sleep(5);
    log.push("done");
    it.setAttribute("a", 1)
      .append("!")
      .onEndTag((end) => Bun.sleep(2).then(() => end.after("?")));
  });

export const waiting = all([
  () => logged((log) => slow(log).transform("<p><p>")),
  () => logged((log) => slow(log).transform(new Response("<p><p>"))),
  () => logged((log) => slower(log).transform(new Response("<p>1</p><p>2</p>"))),
  () => with_(() => Bun.sleep(5)).transform("<p>"),
  () => with_(() => Bun.sleep(5)).transform(bytes("<p>")),
  () => logged(() => with_(() => Promise.resolve()).transform("<p>")),
  () => logged((log) => with_(() => void log.push("called")).transform(new Response("<p>"))),
]);
