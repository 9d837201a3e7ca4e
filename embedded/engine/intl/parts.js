// Formatted text in parts, `{ type, value }`, as all `formatToParts` give it.

/** The whole text. */
export const textOf = (parts) => {
  let text = "";
  for (const { value } of parts) text += value;
  return text;
};

export const literal = (value) => ({ type: "literal", value });

/** A pattern such as “{0} per {1}” filled with lists of parts; its own text becomes parts of `type`. */
export function filled(pattern, lists, type = "literal") {
  const found = [];
  for (const piece of pattern.split(/(\{\d\})/)) {
    const [, index] = /^\{(\d)\}$/.exec(piece) ?? [];
    if (index !== undefined) found.push(...lists[index]);
    else found.push(...spaced(piece, type));
  }
  return found;
}

/** Text as a part of `type`, with the white space around it as literals. */
export function spaced(text, type) {
  const [, before, inner, after] =
    /^([\s\u{61c}\u{200e}\u{200f}]*)(.*?)([\s\u{61c}\u{200e}\u{200f}]*)$/su.exec(text);
  return [
    ...(before ? [literal(before)] : []),
    ...(inner ? [{ type, value: inner }] : []),
    ...(after ? [literal(after)] : []),
  ];
}

/** The same with literals that stand side by side made one. */
export function joined(parts) {
  const found = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last?.type === "literal" && part.type === "literal" && last.source === part.source) {
      last.value += part.value;
    } else if (part.value !== "") found.push({ ...part });
  }
  return found;
}
