/** What fits in this many characters stays on one line. */
const WIDTH = 76;

const indent = (text) => text.replaceAll("\n", "\n  ");

function lay(prefix, [open, close], items, lines) {
  if (items.length === 0) return `${prefix}${open}${close}`;
  const length = items.reduce((sum, item) => sum + item.length + 2, prefix.length + 4);
  if (length <= WIDTH && !items.some((item) => item.includes("\n"))) {
    return `${prefix}${open} ${items.join(", ")} ${close}`;
  }
  return `${prefix}${open}\n  ${lines(items).map(indent).join(",\n  ")}\n${close}`;
}

/** `{ … }`, an item a line when it is long. */
export const block = (prefix, items) => lay(prefix, "{}", items, (lines) => lines);

/** `[ … ]`, as many short items a line as fit. */
export const list = (prefix, items) => lay(prefix, "[]", items, filled);

function filled(items) {
  if (items.some((item) => item.length > WIDTH / 4 || item.includes("\n"))) return items;
  const lines = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= WIDTH) {
      lines[lines.length - 1] = `${last}, ${item}`;
    } else lines.push(item);
  }
  return lines;
}
