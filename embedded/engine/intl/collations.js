// Which orders a language has beside its usual one.

/** Those that any language can choose. */
const OF_ALL = ["emoji", "eor"];

const OF_LANGUAGE = {
  ar: ["compat"],
  de: ["phonebk"],
  es: ["trad"],
  fi: ["trad"],
  ja: ["unihan"],
  ko: ["searchjl", "unihan"],
  sv: ["trad"],
  zh: ["pinyin", "stroke", "unihan", "zhuyin"],
};

/** Those that a language can choose from. */
export const collationsOf = (language) => [...OF_ALL, ...(OF_LANGUAGE[language] ?? [])].sort();

/** Whether there is such an order for the locale under a tag. */
export const hasCollation = (name, tag) => collationsOf(tag.split("-")[0]).includes(name);

/** All, for `Intl.supportedValuesOf`. */
export const allCollations = () =>
  [...new Set([...OF_ALL, ...Object.values(OF_LANGUAGE).flat()])].sort();
