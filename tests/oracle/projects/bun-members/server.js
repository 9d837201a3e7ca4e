// What Bun adds to the Web's classes, and clocks.
const bodyOf = (text) => new Response(text).body;
const pieces = (...all) =>
  new ReadableStream({
    start(controller) {
      for (const piece of all) controller.enqueue(piece);
      controller.close();
    },
  });
const times = ({ name, entryType, startTime, duration, detail }) => [
  ...[name, entryType, startTime, duration, detail],
];
const PARTS = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
const form = () => {
  const all = new FormData();
  for (const [name, value] of ["a1", "b2", "a3"]) all.append(name, value);
  return all;
};

const members = {
  mark: () => times(performance.mark("a", { detail: { x: 1 }, startTime: 5 })),
  markNow: () => [performance.mark("now").startTime > 0, performance.mark("now").detail],
  measure: () =>
    [performance.mark("b", { startTime: 9 }), times(performance.measure("m", "a", "b"))][1],
  measureOptions: () => times(performance.measure("m2", { start: 3, duration: 4, detail: "d" })),
  measureFromMark: () => times(performance.measure("m3", { start: "a", end: 10 })),
  measureUntil: () => times(performance.measure("m4", { duration: 2, end: "b" })),
  measureNow: () => [performance.measure("m5").startTime, performance.measure("m5").duration > 0],
  measureNone: () => performance.measure("m", "nowhere"),
  measureTooMuch: () => performance.measure("m", { start: 1, end: 3, duration: 2 }),
  measureTwice: () => performance.measure("m", { start: 1 }, "b"),
  measureNothing: () => performance.measure(),
  markBefore: () => performance.mark("x", { startTime: -1 }),
  entryJson: () => JSON.stringify(performance.getEntriesByName("a")),
  entries: () => performance.getEntriesByType("measure").map(({ name }) => name),
  entriesOf: () => [
    performance.getEntriesByName("a", "measure").length,
    performance.getEntries().length,
  ],
  cleared: () => [
    performance.clearMarks("a"),
    performance.clearMeasures(),
    performance
      .getEntries()
      .map(({ name }) => name)
      .sort(),
  ],
  classes: () => [
    performance.mark("q") instanceof PerformanceMark,
    performance.measure("q") instanceof PerformanceEntry,
    String(performance.mark("q")),
  ],
  equal: () => [
    crypto.timingSafeEqual(new Uint8Array([1]), new Uint8Array([1])),
    crypto.timingSafeEqual(new Uint8Array([1]), new Uint8Array([2])),
  ],
  equalLengths: () => crypto.timingSafeEqual(new Uint8Array(1), new Uint8Array(2)),
  equalTexts: () => crypto.timingSafeEqual("a", "b"),
  text: () => bodyOf("héllo").text(),
  json: () => bodyOf('{"a":1}').json(),
  bytes: async () => [...(await bodyOf("hé").bytes())],
  blob: async () => [(await bodyOf("hé").blob()).size, (await bodyOf("hé").blob()).type],
  textOfPieces: () => pieces("ab", new Uint8Array([99])).text(),
  textOfNumbers: () =>
    pieces(1)
      .text()
      .then(String, (error) => error.name),
  file: () => Bun.file("note.txt").stream().text(),
  locked: () => {
    const stream = bodyOf("x");
    stream.getReader();
    return stream.text();
  },
  twice: async () => {
    const stream = bodyOf("x");
    await stream.text();
    return stream.text();
  },
  bodyUsed: async () => {
    const response = new Response("x");
    return [await response.body.text(), response.bodyUsed];
  },
  formFrom: () => [...FormData.from("a=1&b=2+3")],
  formFromParts: () => [...FormData.from(PARTS, "x")],
  formFromBytes: () => [...FormData.from(new TextEncoder().encode("a=1"))],
  formFromBlob: () => [...FormData.from(new Blob(["a=1"]))],
  formFromNothing: () => FormData.from(),
  formFromNumber: () => FormData.from(5),
  formJson: () => [form().toJSON(), JSON.stringify(form()), form().length],
  formOfBlob: async () => [
    ...(await new Blob(["a=1"], { type: "application/x-www-form-urlencoded" }).formData()),
  ],
  formOfNoForm: () => new Blob(["a=1"]).formData().then(String, () => "refused"),
  textStream: async () => {
    const response = new Response("héllo");
    const texts = [];
    for await (const text of response.textStream()) texts.push(text);
    return [texts, response.bodyUsed];
  },
  textStreamOfNone: async () => {
    const texts = [];
    for await (const text of new Response(null).textStream()) texts.push(text);
    return texts;
  },
  textStreamTwice: async () => {
    const response = new Response("x");
    await response.text();
    return response.textStream();
  },
  getAll: () =>
    new Headers([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]).getAll("Set-Cookie"),
  getAllOther: () => new Headers().getAll("x"),
  readMany: async () => {
    const reader = pieces("ab", "cd").getReader();
    return [await reader.readMany(), await reader.readMany()];
  },
  preconnect: () => String(fetch.preconnect("http://localhost:1/")),
  preconnectBadly: () => fetch.preconnect("x"),
  write: () => [console.write("a", "b\n"), console.write(new Uint8Array([104, 10]))],
  profile: () => [console.profile("x"), console.profileEnd("x"), console.timeStamp("x")],
};

export default {
  async fetch(req) {
    const act = members[new URL(req.url).pathname.slice(1)];
    if (!act) return Response.json(Object.keys(members));
    try {
      return Response.json(await act());
    } catch ({ name, code = "none" }) {
      return Response.json({ name, code }, { status: 400 });
    }
  },
};
