// The plural category of a range, by those of its ends: “0–1 euros”.

import { common } from "./data.js";

export function rangeCategory(data, one, other) {
  const ranges = common("ranges")[data.split("-")[0]] ?? {};
  return ranges[`pluralRange-start-${one}-end-${other}`] ?? other;
}
