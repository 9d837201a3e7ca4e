// Where htmx 4 puts a task and in which style. Both stand in the task; why is found by what htmx looks at itself.

import {
  byLocation,
  byPart,
  byScript,
  byStatus,
  howSwapped,
  howTargeted,
  isSaidBy,
} from "../why.js";

const ALIASES = {
  before: "beforebegin",
  prepend: "afterbegin",
  append: "beforeend",
  after: "afterend",
};
const plain = (style) => ALIASES[style] ?? style;
const standard = () => window.htmx?.config?.defaultSwap ?? "innerHTML";

export function aimOfTask(ctx, whole, { type, target, swapSpec = {}, sourceElement }) {
  const spec = typeof swapSpec === "string" ? swapSpec : swapSpec.style;
  const style = plain(spec ?? standard());
  const element = typeof target === "string" ? document.querySelector(target) : target;
  const aim = { target: element, part: type };
  if (type === "main") return { ...aim, ...mainAim(ctx, whole, { element, style, sourceElement }) };
  const isOob = type === "oob";
  return {
    ...aim,
    found: byPart(isOob ? "hx-swap-oob" : "hx-target"),
    how: { ...byPart(isOob ? "hx-swap-oob" : "hx-swap"), style },
  };
}

function mainAim(ctx, whole, { element, style, sourceElement }) {
  const asks = sourceElement ?? ctx.sourceElement;
  const isBoosted = ctx.request?.headers?.["HX-Boosted"] === "true";
  const said = { version: 4, isBoosted, standard: standard() };
  const found = howTargeted(asks, { ...said, retarget: ctx.hx?.retarget });
  const how = howSwapped(asks, { ...said, reswap: ctx.hx?.reswap });
  // What was neither said at the element nor by a header, nor is what holds for all.
  const isSet = plain(how.style) !== style;
  const isOther = found.by === "self" && element !== asks;
  const { why } = whole;
  const isSent = why.by === "header" && found.by !== "header";
  const bySent = isSaidBy(why, "target") ? why : byLocation();
  const isStyled = isSaidBy(why, "swap") && how.by !== "header";
  const byOther = () => byStatus(ctx.response?.status);
  return {
    found: isSent ? bySent : isOther ? byScript() : found,
    how: { ...(isStyled ? why : isSet ? byOther() : how), style },
  };
}

/** Whether nothing is swapped because of the answer's status. */
export const isNothing = ({ how, part }, { response }) =>
  part === "main" && how.style === "none" && how.by === "status" && Boolean(response);
