// CLDR's patterns of numbers, such as “#,##0.00 ¤;(#,##0.00 ¤)”.

import { remembering } from "./remembering.js";

/** `{ plus: [prefix, suffix], minus, groups: [last, others] }`; `minus` is null where it is the sign in front. */
export const numberPattern = remembering((pattern) => {
  const [plus, minus] = pattern.split(";").map((half) => {
    const [, prefix, number, suffix] = /^((?:'[^']*'|[^#0,.'])*)([#0,.]*)(.*)$/s.exec(half);
    return { affixes: [tokens(prefix), tokens(suffix)], number };
  });
  const [whole] = plus.number.split(".");
  const groups = whole.split(",").slice(1);
  const last = groups.at(-1)?.length ?? 0;
  return {
    plus: plus.affixes,
    minus: minus?.affixes ?? null,
    groups: [last, groups.length > 1 ? groups.at(-2).length : last],
  };
});

/** Texts and the symbols `¤`, `%`, `-` and `+`, which stand outside of quotes. */
function tokens(affix) {
  const found = [];
  for (const [, quoted, symbol, text] of affix.matchAll(/'([^']*)'|([¤%+-])|([^'¤%+-]+)/g)) {
    if (symbol) found.push({ symbol });
    else {
      const own = quoted === "" ? "'" : (quoted ?? text);
      if (found.at(-1)?.text === undefined) found.push({ text: own });
      else found.at(-1).text += own;
    }
  }
  return found;
}
