import { all, on, onDocument, rewriter, shown, tried } from "./seen.js";

const TEXT = "a &amp; b<script>1<2</script><title>&lt;</title><textarea><p></textarea>";

export const texts = all([
  onDocument("1<b>x</b>2", (notes) => ({
    text(it) {
      notes.push(it.text, it.lastInTextNode, it.removed);
      if (it.lastInTextNode) return;
      notes.push(it.before("A").before("B").after("<").after("D", { html: true }) === it);
      notes.push(it.replace("E") === it, it.removed, it.text);
    },
  })),
  onDocument("1<b>x</b>2", (notes) => ({
    text: (it) => void notes.push(it.remove() === it, it.removed),
  })),
  onDocument("1<b>x</b>2", () => ({
    text(it) {
      if (it.lastInTextNode) it.before("(").after(")");
    },
  })),
  onDocument(TEXT, (notes) => ({ text: (it) => void notes.push(it.text) })),
  onDocument("<script>12</script>", () => ({
    text(it) {
      if (!it.lastInTextNode) it.replace("a<b&c");
    },
  })),
  onDocument("x".repeat(5000) + "é".repeat(3000), (notes) => ({
    text: (it) => void notes.push(it.text.length),
  })),
  onDocument("1", (notes) => ({
    text: (it) =>
      void notes.push(...[undefined, null].map((given) => tried(() => it.before(given)))),
  })),
  on("<svg><![CDATA[ <p> ]]></svg><![CDATA[x]]>", "*", (notes) => ({
    comments: (it) => void notes.push(it.text),
    text: (it) => void notes.push(it.text),
  })),
  on("<meta charset=latin1><p>é</p>", "p", (notes) => ({
    text: (it) => void notes.push(it.text, it.after("é") === it),
  })),
  on("<select><xmp><b></select>", "b", () => ({ text() {} })),
  on("<p>a\ud800b😀", "p", (notes) => ({ text: (it) => void notes.push(it.text) })),
]);

export const comments = all([
  onDocument("1<!--a-->2", (notes) => ({
    comments(it) {
      notes.push(
        it.text,
        it.removed,
        it.before("<b>") === it,
        it.after("<b>", { html: true }) === it,
      );
      it.text = "new";
      notes.push(it.text);
    },
  })),
  ...["a-->b", "", null, undefined, 5, {}, "--", "a--"].map((text) =>
    onDocument("1<!--a-->2", (notes) => ({
      comments(it) {
        it.text = text;
        notes.push(it.text);
      },
    })),
  ),
  onDocument("1<!--a-->2", (notes) => ({
    comments: (it) => void notes.push(it.remove() === it, it.removed),
  })),
  onDocument("1<!--a-->2", (notes) => ({
    comments: (it) => void notes.push(it.replace("<b>", { html: true }) === it, it.removed),
  })),
  onDocument("1<!--a-->2", () => ({
    comments: (it) =>
      void it.before("A").before("B").after("C").after("D").replace("E").replace("F"),
  })),
  onDocument("1<!--a-->2", () => ({ comments: (it) => void it.remove().replace("E").before("A") })),
  onDocument("<?php x ?><!x></ p>", (notes) => ({ comments: (it) => void notes.push(it.text) })),
  on("<p>x<!-- a", "p", (notes) => ({
    comments: (it) => void notes.push(it.text),
    text: (it) => void notes.push(it.text),
  })),
]);

export const document = all([
  onDocument("<!DOCTYPE html PUBLIC \"-//W3C//DTD\" 'http://x'>a", (notes) => ({
    doctype: (it) =>
      void notes.push(
        it.name,
        it.publicId,
        it.systemId,
        it.removed,
        it.remove() === it,
        it.removed,
      ),
  })),
  onDocument("<!doctype>a<!doctype html><!DOCTYPE SVG>", (notes) => ({
    doctype: (it) => void notes.push(it.name, it.publicId, it.systemId),
  })),
  onDocument("1", (notes) => ({
    end: (it) =>
      void notes.push(it.append("<", { html: true }) === it, it.append("<") === it, [
        tried(() => it.append()),
      ]),
  })),
  () => {
    const notes = [];
    const end = (name) => ({
      end(it) {
        notes.push(name);
        it.append(name);
      },
    });
    return [rewriter().onDocument(end("1")).onDocument(end("2")).transform("a"), notes];
  },
  () =>
    rewriter()
      .onDocument({ end: (it) => void it.append("E") })
      .transform(""),
]);

const METHODS = ["getAttribute", "setAttribute", "hasAttribute", "removeAttribute", "onEndTag"];
const PLACES = ["before", "after", "prepend", "append", "replace", "setInnerContent", "remove"];
const FACTS = ["tagName", "removed", "selfClosing", "canHaveContent", "namespaceURI", "attributes"];
const keeping = (kind, look) => (notes) => {
  let kept;
  return {
    [kind](it) {
      if (kept) look(kept, notes);
      else kept = it;
    },
  };
};
const called = (kept, names) =>
  names.map((name) => [
    name,
    tried(() => shown(kept[name]("a", "b")) === kept || kept[name]("a", "b")),
  ]);

export const kept = all([
  on(
    "<p a=b>1</p><p>2</p>",
    "p",
    keeping("element", (it, notes) => {
      notes.push(FACTS.map((name) => tried(() => it[name])));
      notes.push(called(it, [...METHODS, ...PLACES]));
      notes.push(
        tried(() => it.getAttribute()),
        tried(() => it.before(null)),
      );
      it.tagName = "x";
    }),
  ),
  on(
    "<p a=b>1</p>",
    "p",
    keeping("text", (it, notes) => {
      notes.push(["text", "removed", "lastInTextNode"].map((name) => tried(() => it[name])));
      notes.push(called(it, ["before", "after", "replace", "remove"]));
    }),
  ),
  onDocument(
    "<!--c--><!--d-->",
    keeping("comments", (it, notes) => {
      notes.push(["text", "removed"].map((name) => tried(() => it[name])));
      notes.push(called(it, ["before", "after", "replace", "remove"]));
      it.text = "x";
    }),
  ),
  on("<p>1</p><b>", "p,b", (notes) => {
    let end;
    return {
      element(it) {
        if (it.tagName === "p") it.onEndTag((tag) => void (end = tag));
        else notes.push(shown(end.name), called(end, ["before", "after", "remove"]));
      },
    };
  }),
  on("<p a=1 b=2>1</p><p>2</p>", "p", (notes) => {
    let attributes;
    return {
      element(it) {
        if (attributes) notes.push([...attributes]);
        attributes = it.attributes;
      },
    };
  }),
]);

export const several = all([
  () => {
    const notes = [];
    const first = (it) => {
      notes.push(1, it.tagName);
      it.setAttribute("a", "1").before("1");
      it.tagName = "b";
      it.remove();
    };
    const second = (it) => {
      notes.push(2, it.tagName, it.getAttribute("a"), it.removed, it.canHaveContent);
      it.before("2").after("2");
    };
    const both = rewriter().on("p", { element: first }).on("*", { element: second });
    return [both.transform("<p>x</p>"), notes];
  },
  () => {
    const notes = [];
    const text = (name) => ({
      text(it) {
        notes.push(name, it.text, it.removed);
        if (name === "p" && !it.lastInTextNode) it.replace("P");
        it.before(name);
      },
    });
    return [rewriter().onDocument(text("d")).on("p", text("p")).transform("0<p>x</p>"), notes];
  },
  () => {
    const notes = [];
    const one = {
      comments(it) {
        it.text = "N";
        it.remove();
      },
    };
    const other = { comments: (it) => void notes.push(it.text, it.removed) };
    return [rewriter().on("p", one).on("p", other).transform("<p><!--x--></p>"), notes];
  },
  () => {
    const notes = [];
    const one = { element: (it) => void it.onEndTag((end) => void (end.name = "q")) };
    const other = { element: (it) => void it.onEndTag((end) => void notes.push(end.name)) };
    return [rewriter().on("p", one).on("p", other).transform("1<p>x</p>2"), notes];
  },
  () => {
    const both = rewriter().on("p", {
      element(it) {
        if (it.getAttribute("id")) it.after(both.transform("<p>in</p>"), { html: true });
      },
    });
    return both.transform("<p id=1>out</p>");
  },
  () => {
    const growing = rewriter().on("p", {
      element: () => void growing.on("p", { element: (it) => void it.setAttribute("two", 1) }),
    });
    return [growing.transform("<p><p>"), growing.transform("<p>")];
  },
  () => {
    const handlers = { element: (it) => void it.setAttribute("one", "") };
    const swapped = rewriter().on("p", handlers);
    handlers.element = (it) => void it.setAttribute("two", "");
    return swapped.transform("<p>");
  },
  () => {
    class Counter {
      count = 0;
      element() {
        this.count += 1;
      }
    }
    const counter = new Counter();
    return [rewriter().on("p", counter).transform("<p><p>"), counter.count];
  },
]);
