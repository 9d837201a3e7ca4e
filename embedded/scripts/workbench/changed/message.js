// What a page says of its changes, read field by field: the page can say anything, and each text is cut.

const NAME = 500;
const TEXT = 200;
const MARKUP = 12_000;
const WHYS = new Set(["attribute", "header", "history", "script"]);
const SOURCES = new Set([
  ...WHYS,
  "self",
  "boost",
  "default",
  "part",
  "config",
  "status",
  "location",
]);
const NONE = new Set(
  "empty refused listener stopped location redirect refresh data text binary place gone event error".split(
    " ",
  ),
);

const text = (said, most = NAME) => (typeof said === "string" ? said.slice(0, most) : "");
const count = (said) => (Number.isSafeInteger(said) && said > 0 ? said : 0);
const list = (said) => (Array.isArray(said) ? said : []);

/** A record as it can be kept, or null. */
export function readRecord(said) {
  const tie = readTie(said?.tie);
  const swap = said?.swap && readSwap(said.swap);
  const none = NONE.has(said?.none) ? said.none : null;
  if (!tie || !(swap || none)) return null;
  return { tie, swap: swap ?? null, none, part: text(said.part), why: readWhy(said.why) };
}

function readTie(said) {
  if (count(said?.entry)) return { entry: said.entry };
  const { line, request } = said ?? {};
  if (!count(line) && !count(request)) return null;
  return {
    line: count(line),
    request: count(request),
    opened: count(said.opened),
    nth: count(said.nth),
    name: text(said.name),
    text: text(said.text, TEXT),
  };
}

function readSource(said, known = SOURCES) {
  const { by, name, value, from } = said ?? {};
  return { by: known.has(by) ? by : "", name: text(name), value: text(value), from: text(from) };
}

const readWhy = (said) => ({
  ...readSource(said, WHYS),
  element: text(said?.element),
  id: text(said?.id),
  event: text(said?.event),
  trigger: text(said?.trigger),
});

const readSwap = (said) => ({
  part: text(said.part, 20),
  target: text(said.target),
  found: readSource(said.found),
  how: { ...readSource(said.how), style: text(said.how?.style) },
  isBrief: said.isBrief === true,
  isLong: said.isLong === true,
  isPart: said.isPart === true,
  isCut: said.isCut === true,
  beside: count(said.beside),
  show: count(said.show),
  before: text(said.before, MARKUP),
  after: text(said.after, MARKUP),
});

/** Where the elements that are shown stand: { number, boxes, size, gone }. */
export function readPlaces(said) {
  const isSize = (each) => Number.isFinite(each) && Math.abs(each) < 1e7;
  const boxes = list(said.boxes).filter(
    (box) => list(box).length === 4 && box.every((each) => isSize(each)),
  );
  const size = list(said.size).filter(isSize);
  if (size.length !== 2) return null;
  return { number: count(said.number), boxes: boxes.slice(0, 20), size, gone: count(said.gone) };
}
