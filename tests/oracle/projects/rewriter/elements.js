import { all, element, on, shown, tried } from "./seen.js";

const PLAIN = "1<p>in<b>x</b></p>2";
const METHODS = ["before", "after", "prepend", "append", "replace", "setInnerContent"];
const OPTIONS = [null, 5, {}, { html: 1 }, { html: "no" }, { html: 0 }, { html: undefined }, "x"];
const facts = (it) => [it.tagName, it.selfClosing, it.canHaveContent, it.namespaceURI, it.removed];

export const elements = all([
  element("<P Data-X='1' b>a</P>", "p", (it, notes) => notes.push(...facts(it))),
  element("<img/><br><svg><path/><g></g></svg><math><mi/></math><p/>", "*", (it, notes) =>
    notes.push(facts(it)),
  ),
  element("<p  A = 'x'   b=\"y\" c=z d  ></p  >", "p", () => {}),
  element("<p  A = 'x'   b=\"y\" c=z d  >", "p", (it) => it.setAttribute("n", "1")),
  element("<p  A = 'x'   b=\"y\" c=z d  />", "p", (it) => it.removeAttribute("b")),
  element("<p>x<b a=", "*", (it, notes) => notes.push(it.tagName)),
  element(PLAIN, "p", (it, notes) => notes.push(it.remove() === it, it.removed)),
  element(PLAIN, "p", (it, notes) => notes.push(it.removeAndKeepContent() === it, it.removed)),
  element("<div><p>x<b>y</b></p></div><p>z</p>", "*", (it, notes) => {
    notes.push(it.tagName, it.removed);
    if (it.tagName === "div") it.setInnerContent("Q");
  }),
  element("<div><p>x<b>y</div><p>z</p>", "*", (it, notes) => {
    notes.push(it.tagName, it.removed);
    if (it.tagName === "p") it.remove();
  }),
  element("<p>x<p>y<p>", "p", (it, notes) => notes.push(it.removed, it.remove().removed)),
  on("<div>a<p>b</p><!--c--></div>", "*", (notes) => ({
    element(it) {
      notes.push(it.tagName);
      if (it.tagName === "div") it.remove();
    },
    text: (it) => notes.push([it.text, it.removed, it.lastInTextNode]),
    comments: (it) => notes.push([it.text, it.removed]),
  })),
  element("<p/><div/>", "*", (it, notes) => {
    notes.push(it.selfClosing);
    it[it.tagName === "p" ? "prepend" : "append"]("A");
    notes.push(it.selfClosing);
  }),
  element("<svg><g/></svg>", "g", (it) => it.append("A").setInnerContent("B").after("C")),
]);

const GIVEN = [
  [],
  ["a"],
  ["a", null],
  ["a", 5],
  ["a", true],
  ["a", {}],
  ["", "x"],
  ["a b", "x"],
  ["a=b", "x"],
  ["a>", "x"],
  ["a/", "x"],
  ['a"', "x"],
  ["a<", "x"],
  [5, 6],
  ["A", "\"'&<>"],
  ["é", "é"],
  ["B", "3"],
  [{}, 1],
];

export const attributes = all([
  ...GIVEN.map((given) =>
    element("<p b=1 c>", "p", (it, notes) => notes.push(it.setAttribute(...given) === it)),
  ),
  element("<p a=b C='d&amp;' e f=\"\" a=x>a</p>", "p", (it, notes) =>
    notes.push([...it.attributes], Object.is(it.attributes, it.attributes)),
  ),
  element("<p a=b c=d e=f>a</p>", "p", (it, notes) => {
    for (const [name] of it.attributes) {
      notes.push(name);
      it.removeAttribute("c");
    }
  }),
  element("<p a=b c=d e=f>a</p>", "p", (it, notes) => {
    const iterator = it.attributes;
    iterator.next();
    it.setAttribute("g", 1);
    notes.push([...iterator]);
  }),
  element("<p a=b>a</p>", "p", (it, notes) => {
    const iterator = it.attributes;
    notes.push(iterator[Symbol.iterator]() === iterator, iterator.next(), iterator.next().done);
  }),
  element("<P Data-X='1' b>", "p", (it, notes) =>
    notes.push(
      ...["data-x", "DATA-X", "b", "zz", "", "a b"].map((name) => it.getAttribute(name)),
      ...["B", "q", 5].map((name) => it.hasAttribute(name)),
      ...[undefined, null].map((name) => tried(() => it.getAttribute(name))),
      tried(() => it.hasAttribute()),
      tried(() => it.removeAttribute()),
    ),
  ),
  element("<p b=1 c=2>", "p", (it, notes) =>
    notes.push(it.removeAttribute("B") === it, it.removeAttribute("no") === it, [...it.attributes]),
  ),
  element("<p É=1>", "p", (it, notes) =>
    notes.push([...it.attributes], it.getAttribute("é"), it.getAttribute("É")),
  ),
  element("<p b=1 c>", "p", (it, notes) => {
    it.setAttribute("z", 1).setAttribute("b", 2);
    notes.push([...it.attributes]);
  }),
]);

export const content = all([
  ...METHODS.flatMap((method) => [
    element(PLAIN, "p", (it, notes) => notes.push(it[method]("<i>&\"'") === it, it.removed)),
    element(PLAIN, "p", (it) => it[method]("<i>&\"'", { html: true })),
    element(PLAIN, "p", (it) => it[method]("A")[method]("B")),
    element("1<img>2", "img", (it) => it[method]("A")),
    element("1<p/>2", "p", (it) => it[method]("A")),
    element("1<p>2", "p", (it) => it[method]("A")),
    ...[undefined, null, 5, {}, "", new Response("x"), new Blob(["x"])].map((given) =>
      element("1<p>in</p>2", "p", (it) => it[method](given)),
    ),
    ...OPTIONS.map((options) => element("1<p>in</p>2", "p", (it) => it[method]("<", options))),
  ]),
  element(PLAIN, "p", (it) => it.before("b").after("a").prepend("p").append("e")),
  element(PLAIN, "p", (it) =>
    it.before("b").after("a").prepend("p").append("e").removeAndKeepContent(),
  ),
  element(PLAIN, "p", (it) => it.before("b").after("a").prepend("p").append("e").remove()),
  element(PLAIN, "p", (it) => it.before("b").after("a").prepend("p").append("e").replace("r")),
  element(PLAIN, "p", (it) => it.replace("r").before("b").after("a").append("e").prepend("p")),
  element(PLAIN, "p", (it) => it.prepend("p").append("e").setInnerContent("r").append("E")),
]);

export const names = all([
  ...["DIV", "", "a b", "5", "a>", "é", 5, null, undefined, {}, "a/b", "a\0"].map((name) =>
    element(PLAIN, "p", (it, notes) => {
      it.tagName = name;
      notes.push(it.tagName);
    }),
  ),
  element("1<P>x</P>2", "p", (it, notes) => {
    it.tagName = "DIV";
    it.after("A").append("a");
    it.onEndTag((end) => notes.push(end.name, end.before("b").after("B") === end));
  }),
]);

export const ends = all([
  element("1<p>x</p>2", "p", (it, notes) =>
    notes.push(
      it.onEndTag(function (end) {
        notes.push(end.name, arguments.length);
        notes.push(end.before("B") === end, end.after("<A>", { html: true }) === end);
        end.name = "div";
        notes.push(end.name);
      }) === it,
    ),
  ),
  element("1<p>x</p>2", "p", (it, notes) => {
    it.onEndTag((end) => notes.push(1, end.before("1") === end));
    it.onEndTag((end) => notes.push(2, end.before("2") === end));
  }),
  element("1<p>x</p>2", "p", (it) => it.onEndTag((end) => end.remove().before("b").after("a"))),
  element("1<img>2", "img", (it, notes) => notes.push(tried(() => it.onEndTag(() => 0)))),
  element("1<p>x</p>2", "p", (it) => it.remove().onEndTag((end) => end.before("b"))),
  element("1<p>x<p>y</div>", "p", (it) => it.onEndTag((end) => end.before("b"))),
  element("1<div><p>x</div><p>", "p", (it, notes) =>
    it.onEndTag((end) => {
      notes.push(end.name);
      end.name = "zz";
    }),
  ),
  element("<div><p><b>x</div>", "*", (it, notes) => {
    const name = it.tagName;
    it.onEndTag((end) => {
      notes.push(name, end.name);
      end.before(name);
      end.name = name;
    });
  }),
  ...[undefined, null, 5, {}].map((given) =>
    element("1<p>x</p>2", "p", (it, notes) => notes.push(tried(() => it.onEndTag(given)))),
  ),
  ...["", "a b", null, 5, ">"].map((name) =>
    element("1<p>x</p>2", "p", (it, notes) =>
      it.onEndTag((end) => {
        end.name = name;
        notes.push(shown(end.name));
      }),
    ),
  ),
  element("<p>x</p>", "p", (it) =>
    it.onEndTag(() => {
      throw new Error("at the end");
    }),
  ),
  element("<p>x</p>", "p", (it) =>
    it.onEndTag(async (end) => {
      await 1;
      end.before("late");
    }),
  ),
]);
