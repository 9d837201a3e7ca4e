import { all, rewriter } from "./seen.js";

const HTML = { headers: { "content-type": "text/html" } };
const noted = (log) =>
  rewriter().on("p", {
    element(it) {
      log.push(["element", it.getAttribute("a")]);
      it.setAttribute("x", "1");
    },
    text: (it) => void log.push([it.text, it.lastInTextNode]),
  });
const removing = () => rewriter().on("p", { element: (it) => void it.remove() });

export const responses = all([
  () => {
    const init = { status: 202, statusText: "Hi", headers: { "content-length": "4", etag: "x" } };
    const made = removing().transform(new Response("<p>x</p>y", { ...init }));
    return [made.status, made.statusText, made.ok, made.url, made.headers.get("etag")];
  },
  async () => {
    const given = new Response("<p>x</p>y");
    const made = removing().transform(given);
    const used = [given.bodyUsed, made.bodyUsed, made === given];
    const again = await given.text().catch((error) => error.message);
    return [used, again, await made.text(), made.bodyUsed];
  },
  async () => {
    const given = new Response("<p>");
    await given.text();
    return removing().transform(given);
  },
  () => {
    const given = new Response(new ReadableStream());
    given.body.getReader();
    return removing().transform(given);
  },
  () =>
    removing()
      .transform(new Response(null, { status: 204 }))
      .text(),
  () =>
    rewriter()
      .onDocument({ end: (it) => void it.append("E") })
      .transform(new Response(null))
      .text(),
  async () => {
    const made = removing().transform(new Response("<p>x</p>y"));
    const twin = made.clone();
    return [await made.text(), await twin.text()];
  },
  async () => {
    const given = new Response("a", {
      headers: [
        ["content-type", "text/html"],
        ["a", "b"],
        ["set-cookie", "a"],
        ["set-cookie", "b"],
      ],
    });
    const made = rewriter().transform(given);
    made.headers.set("a", "c");
    return [[...made.headers], [...given.headers]];
  },
  () =>
    removing()
      .transform(new Response(new Blob(["<p>x</p>y"])))
      .text(),
  () =>
    removing()
      .transform(new Response(Bun.file("index.html")))
      .text(),
  async () =>
    new TextDecoder().decode(await removing().transform(new Response("<p>x</p>é")).bytes()),
]);

const pieces = (...given) =>
  new ReadableStream({
    async pull(controller) {
      await Bun.sleep(1);
      const next = given.shift();
      if (next === undefined) controller.close();
      else if (next instanceof Error) controller.error(next);
      else controller.enqueue(next);
    },
  });

export const streams = all([
  async () => {
    const log = [];
    const made = noted(log).transform(new Response(pieces("1<p>te", "xt</p>2<p", " a=b>", "end")));
    return [await made.text(), log];
  },
  async () => {
    const log = [];
    const cut = pieces("<p a='1", "2'>", new Uint8Array([0xc3]), new Uint8Array([0xa9]));
    return [await noted(log).transform(new Response(cut)).text(), log];
  },
  () =>
    noted([])
      .transform(new Response(pieces("<p>", new Error("source"))))
      .text(),
  async () => {
    const log = [];
    const made = noted(log).transform(
      new Response(
        (async function* () {
          yield "<p>a";
          await 1;
          yield "b</p>";
        })(),
      ),
    );
    return [await made.text(), log];
  },
  async () => {
    const waiting = rewriter().on("p", { element: (it) => Bun.sleep(2).then(() => it.after("!")) });
    return waiting.transform(new Response(pieces("<p>a</", "p><p>b</p>"))).text();
  },
  () =>
    rewriter()
      .on("b", {
        element() {
          throw new Error("late");
        },
      })
      .transform(new Response(pieces("<p>", "<b>")))
      .text(),
]);

/** A page as people write it: a title, a menu with the place, links that open elsewhere, and no scripts. */
export const page = (request) => {
  const path = new URL(request.url).pathname;
  return rewriter()
    .on("title", { element: (it) => void it.setInnerContent("Rooms & more") })
    .on("nav a", {
      element(it) {
        if (it.getAttribute("href") === path) it.setAttribute("aria-current", "page");
      },
    })
    .on("a[href^='https:']", { element: (it) => void it.setAttribute("rel", "noopener") })
    .on("script", { element: (it) => void it.remove() })
    .on("main", { element: (it) => void it.append("<p>Added</p>", { html: true }) })
    .onDocument({
      comments: (it) => void it.remove(),
      end: (it) => void it.append("<!-- end -->", { html: true }),
    })
    .transform(new Response(Bun.file("index.html"), HTML));
};

const throwing = () => {
  throw new Error("thrown");
};

export const sent = {
  "/sent/text": () => removing().transform(new Response("<p>x</p>y")),
  "/sent/html": () => noted([]).transform(new Response("<p>x</p>", HTML)),
  "/sent/bytes": () => removing().transform(new Response(new Uint8Array([60, 112, 62, 65]))),
  "/sent/blob": () => removing().transform(new Response(new Blob(["<b>y"], { type: "text/html" }))),
  "/sent/json": () => removing().transform(Response.json({ a: 1 })),
  "/sent/later": () =>
    rewriter()
      .on("p", { element: (it) => Bun.sleep(5).then(() => it.append("!")) })
      .transform(new Response("<p>x</p>", HTML)),
  "/sent/empty": () => removing().transform(new Response("")),
  "/sent/nothing": () => removing().transform(new Response(null, { status: 204 })),
  "/sent/throws": () =>
    rewriter().on("p", { element: throwing }).transform(new Response("<p>x</p>", HTML)),
};
