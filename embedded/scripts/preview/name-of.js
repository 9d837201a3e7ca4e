/** An element as it is spoken of: its name and what tells it from others. */
export function nameOf(element) {
  if (!(element instanceof Element)) return "text";
  const attribute = ["id", "name", "class"].find((each) => element.getAttribute(each));
  const value = attribute && ` ${attribute}="${element.getAttribute(attribute).slice(0, 60)}"`;
  return `<${element.localName}${value ?? ""}>`;
}
