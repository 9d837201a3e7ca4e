// The markup of one place before a swap and after it. What is far from a change is left out, on both sides alike.

// The most characters of either side, and those that stand around a change.
const MARKUP = 12_000;
const AROUND = 300;
// A place with more elements is not written out.
const ELEMENTS = 4000;
const INSERTS = new Set(["beforebegin", "afterbegin", "beforeend", "afterend"]);
const STAYS = /^(innerHTML|textContent|innerMorph|outerSync|morph:innerHTML)$/;

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function write(node) {
  if (node instanceof Element) return node.outerHTML;
  if (node instanceof Comment) return `<!--${node.data}-->`;
  return escaped(node.textContent ?? "");
}

/** Whether a style puts something beside what is there. */
export const isInsert = (style) => INSERTS.has(style);

/**
 * Looks at a place before its swap. The function that it gives looks again afterwards: { before, after, elements, isLong,
 * isPart, isCut, beside }, where `beside` is how many elements stand there already that something is put beside.
 */
export function lookAt(target, style) {
  if (isInsert(style)) return lookBeside(target, style);
  const isLong = target.getElementsByTagName("*").length > ELEMENTS;
  const before = isLong ? "" : target.outerHTML;
  const nodesNow = STAYS.test(style) ? () => [target] : between(target);
  return () => {
    const nodes = nodesNow();
    const elements = nodes.filter((node) => node instanceof Element);
    const isNowLong =
      isLong || elements.some((each) => each.getElementsByTagName("*").length > ELEMENTS);
    if (isNowLong) return { before: "", after: "", elements, isLong: true };
    return { ...part(before, nodes.map(write).join("")), elements };
  };
}

// The nodes that stand where the target stood.
function between({ parentNode: parent, previousSibling: first, nextSibling: end }) {
  return () => {
    if (first && first.parentNode !== parent) return [];
    const nodes = [];
    let node = first ? first.nextSibling : parent?.firstChild;
    for (; node && node !== end && nodes.length < ELEMENTS; node = node.nextSibling)
      nodes.push(node);
    return nodes;
  };
}

function lookBeside(target, style) {
  const isInside = style === "afterbegin" || style === "beforeend";
  const parent = isInside ? target : target.parentNode;
  const place = {
    beforebegin: [target.previousSibling, target],
    afterbegin: [null, target.firstChild],
    beforeend: [target.lastChild, null],
    afterend: [target, target.nextSibling],
  };
  const [previousSibling, nextSibling] = place[style];
  const nodesNow = between({ parentNode: parent, previousSibling, nextSibling });
  const beside = isInside ? target.childElementCount : 0;
  return () => {
    const nodes = nodesNow();
    const elements = nodes.filter((node) => node instanceof Element);
    return { ...part("", nodes.map(write).join("")), elements, beside };
  };
}

// What differs, with something around it; both sides are cut at the same tags.
function part(before, after) {
  if (before.length <= MARKUP && after.length <= MARKUP) return { before, after };
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < shortest - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  start = Math.max(0, before.lastIndexOf("<", Math.max(0, start - AROUND)));
  const rest = before.indexOf("<", before.length - Math.max(0, end - AROUND));
  const tail = rest < 0 ? 0 : before.length - rest;
  const cut = (text) => text.slice(start, Math.max(start, text.length - tail));
  const [was, is] = [cut(before), cut(after)];
  return {
    before: was.slice(0, MARKUP),
    after: is.slice(0, MARKUP),
    isPart: true,
    isCut: was.length > MARKUP || is.length > MARKUP,
  };
}
