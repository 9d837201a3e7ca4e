// What of a text's attributes cannot be right: { from, to, message, fix } in the order of the text.

import { isHtmxName, judgeName, partsOf } from "./attribute-names.js";
import { judgeValue } from "./attribute-values.js";
import { tagsOf, UNKNOWN } from "./markup.js";

/**
 * The advice for one stretch of HTML that begins at `offset`. `knowledge` is { version, names, known }; `project`
 * says { ids, isOwn(attribute) }.
 */
export function adviceFor(text, offset, knowledge, project) {
  const found = [];
  for (const { attributes } of tagsOf(text)) {
    for (const attribute of attributes) {
      const { name, from, to, value, valueFrom } = attribute;
      if (!isHtmxName(name) || name.includes(UNKNOWN)) continue;
      const wrong = judgeName(name, knowledge, project.isOwn);
      if (wrong) {
        found.push({ from: offset + from, to: offset + to, ...wrong });
        continue;
      }
      for (const each of judgeValue(partsOf(name).base, value, knowledge, project.ids)) {
        const at = offset + valueFrom;
        found.push({ ...each, from: at + each.from, to: at + each.to });
      }
    }
  }
  return found;
}
