import { inspect } from "./inspect.js";

const MOST_ROWS = 100;

/** `console.table`: rows of objects, arrays or plain values; null when it is no table at all. */
export function table(rows, columns) {
  if (typeof rows !== "object" || rows === null) return null;
  const named = rows instanceof Map ? [...rows] : Object.entries(rows);
  const shownRows = named.slice(0, MOST_ROWS);
  const isRecord = ([, row]) => typeof row === "object" && row !== null;
  const keys = columns ?? [
    ...new Set(shownRows.filter(isRecord).flatMap(([, row]) => Object.keys(row))),
  ];
  const plain = shownRows.some((row) => !isRecord(row));
  const head = ["", ...keys, ...(plain ? ["Values"] : [])];
  const body = shownRows.map(([name, row]) => {
    const record = isRecord([name, row]);
    const cells = keys.map((key) => (record && key in row ? cell(row[key]) : ""));
    return [name, ...cells, ...(plain ? [record ? "" : cell(row)] : [])];
  });
  return draw([head, ...body].map((line) => line.map(String)));
}

const cell = (value) => (typeof value === "string" ? value : inspect(value, { depth: 0 }));

function draw(lines) {
  const widths = lines[0].map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  const rule = (left, cross, right) =>
    left + widths.map((width) => "─".repeat(width + 2)).join(cross) + right;
  const row = (line) => `│${line.map((text, at) => ` ${text.padEnd(widths[at])} `).join("│")}│`;
  const [head, ...body] = lines.map(row);
  return [rule("┌", "┬", "┐"), head, rule("├", "┼", "┤"), ...body, rule("└", "┴", "┘")].join("\n");
}
