// What stands in the line of the page that an error names, and in the lines around. The server may have made the page of
// several pieces, and then the code has that line elsewhere: the lesson's page looks for what stands in it.

const LONG = 500;

/** `lines` are those of the page, by their numbers, in which the scripts begin that stand in it. */
export function readSource(lines = "") {
  const own = location.pathname.slice(1);
  const begins = lines.split(" ").filter(Boolean).map(Number);
  let texts = null;
  const read = () => [...document.scripts].filter(({ src }) => !src).map(({ text }) => text);
  // What a page changes later is not what the numbers speak of.
  document.addEventListener("DOMContentLoaded", () => (texts = read()), { once: true });

  /** The frame with what stands there; as it is, where it is in a file. */
  return function withSource(frame) {
    if (!frame || frame.file !== own || begins.length === 0) return frame;
    const nth = begins.findLastIndex((line) => line <= frame.line);
    const script = (texts ?? read())[nth]?.split("\n") ?? [];
    const at = frame.line - begins[nth];
    const source = [at - 1, at, at + 1].map((each) => (script[each] ?? "").slice(0, LONG));
    return { ...frame, source };
  };
}
