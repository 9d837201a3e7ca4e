// A library for JSX in thirty lines, of the project's own.
type Child = string | number | boolean | null | undefined | Markup | Child[];
export type Props = Record<string, unknown> & { children?: Child[] };
export class Markup {
  constructor(readonly text: string) {}
  toString = () => this.text;
}
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const shown = (child: Child): string => {
  if (Array.isArray(child)) return child.map(shown).join("");
  if (child instanceof Markup) return child.text;
  return child === null || child === undefined || typeof child === "boolean"
    ? ""
    : escaped(`${child}`);
};
export const Fragment = ({ children }: Props) => new Markup(shown(children ?? []));
export function h(
  tag: string | ((props: Props) => Markup),
  props: Props | null,
  ...children: Child[]
) {
  if (typeof tag === "function") return tag({ ...props, children });
  const attributes = Object.entries(props ?? {}).map(
    ([name, value]) => ` ${name}="${escaped(`${value}`)}"`,
  );
  return new Markup(`<${tag}${attributes.join("")}>${shown(children)}</${tag}>`);
}
