// Sentences about a swap and about why none was made. Names of code stand between backquotes.

const PLACES = {
  innerHTML: (it) => `What was in ${it} was replaced.`,
  outerHTML: (it) => `${it} was replaced, itself included.`,
  textContent: (it) => `The text of ${it} was replaced.`,
  beforebegin: (it) => `New markup was put before ${it}.`,
  afterbegin: (it) => `New markup was put at the start of ${it}.`,
  beforeend: (it) => `New markup was put at the end of ${it}.`,
  afterend: (it) => `New markup was put after ${it}.`,
  delete: (it) => `${it} was removed.`,
  innerMorph: (it) => `What was in ${it} was morphed into the new markup.`,
  outerMorph: (it) => `${it} was morphed into the new markup.`,
  outerSync: (it) => `${it} took over the new attributes and what is in it.`,
};

export function swapWords({ target, how, part }) {
  const place = `\`${target}\``;
  if (how.style === "none") return `Nothing was put into ${place}.`;
  const isMorph = how.style.startsWith("morph");
  const words = isMorph ? PLACES.outerMorph(place) : PLACES[how.style]?.(place);
  const prefix = { oob: "Out of band: ", partial: "A part of its own: " }[part] ?? "";
  return prefix + (words ?? `${place} was swapped.`);
}

const of = ({ from }) => (from ? `, inherited from \`${from}\`` : "");
const attribute = ({ name, value }) => (value === "" ? `\`${name}\`` : `\`${name}="${value}"\``);
const header = ({ name, value }) => `the header \`${name}: ${value}\``;

/** How the target was found. */
export function foundWords(found) {
  const { by } = found;
  if (by === "attribute") return `Target: by ${attribute(found)}${of(found)}.`;
  if (by === "header") return `Target: by ${header(found)}.`;
  if (by === "part") return partTarget(found);
  if (by === "location") return "Target: the body, as `HX-Location` names no other.";
  if (by === "boost") return "Target: the body, as always with `hx-boost`.";
  if (by === "self") return "Target: the element itself, as no `hx-target` holds for it.";
  if (by === "config") return `Target: by \`htmx.config.${found.name}\`.`;
  return by === "script" ? "Target: chosen by a script of the page." : "";
}

function partTarget({ name, value }) {
  if (!name) return "";
  if (name === "id") return `Target: the element with the id \`${value}\`.`;
  if (name === "body") return "Target: the body, where no element has `hx-history-elt`.";
  return `Target: by ${attribute({ name, value })} in what came.`;
}

/** Who said the style. */
export function styleWords(how) {
  const { by, style } = how;
  if (!style) return "";
  const plain = `Style: \`${style}\``;
  if (by === "attribute") return `${plain}, by ${attribute(how)}${of(how)}.`;
  if (by === "header") return `${plain}, by ${header(how)}.`;
  if (by === "script") return `${plain}, chosen by a script of the page.`;
  if (by === "status") return `${plain}, as it is set for answers of ${how.name}.`;
  if (by === "part" && how.name === "id") return `${plain}, as no \`hx-swap-oob\` says another.`;
  if (by === "default") return `${plain}, which holds where nothing else is said.`;
  if (by === "part" && how.name === "default") return `${plain}, where the part says nothing else.`;
  if (by === "part" && how.name && how.value) return `${plain}, by ${attribute(how)} in what came.`;
  return `${plain}.`;
}

/** Why there is no difference to see; empty where there is one. */
export function unseenWords({ how, isBrief, isLong, isCut, before, after }, isSame) {
  if (how.style === "none") return "";
  if (isBrief) return "Swaps come so fast here that the markup of this one was not looked at.";
  if (isLong) return "The place has more than 4000 elements: its markup is not compared.";
  if (isSame && isCut)
    return "The markup is longer than what is kept of it, and its start is the same as before.";
  if (isSame && before !== after)
    return "The markup is the same as before, but for white space or what htmx adds while it works.";
  return isSame ? "The markup is the same as before." : "";
}

export function whyWords(why) {
  const who = why.element === "text" ? "The page" : `\`${why.element}\``;
  const when = why.event ? ` on \`${why.event}\`` : "";
  const trigger = why.trigger ? ` (\`hx-trigger="${why.trigger}"\`)` : "";
  if (why.by === "history") return "Back or Forward: htmx asked for the page anew.";
  if (why.by === "header")
    return `The previous answer's ${header(why).replace("the ", "")} sent htmx here.`;
  if (why.by === "script")
    return `A script of the page asked (\`htmx.ajax\`), with ${who} as the one that asks.`;
  if (/^(data-)?(ws-connect|sse-|hx-ws|hx-sse)/.test(why.name))
    return `${who} listens, by ${attribute(why)}${of(why)}.`;
  return `${who} asked, by ${attribute(why)}${of(why)}${when}${trigger}.`;
}

const NONE = {
  empty: "The answer is a {status}: htmx swaps nothing for it.",
  refused:
    "The answer is a {status}: htmx swaps nothing for it, as the page is set up (`responseHandling`, `hx-status`, `noSwap`).",
  listener: "A script of the page stopped the swap, in a listener of htmx's events.",
  stopped:
    "htmx did not get as far as a swap: a listener stopped it, or what the answer asks for is not there.",
  location:
    "The answer has `HX-Location`: htmx asked for that address at once, in a row of its own.",
  redirect: "The answer has `HX-Redirect`: the browser was sent to another page.",
  refresh: "The answer has `HX-Refresh`: the page was loaded anew.",
  data: "The message is data, not markup: htmx handed it to listeners and swapped nothing.",
  text: "The message has no element that htmx could put somewhere: each needs an id that the page has, or `hx-swap-oob`.",
  binary: "The message is binary, which htmx does not swap.",
  gone: "The place had left the page before the swap.",
  place: "No place was found: nothing on the page fits the id or the selector that it names.",
  event: "The event has a name: htmx 4 hands it to listeners and swaps nothing.",
  error: "htmx met an error before the swap was done; the console has it.",
};

const ELSEWHERE =
  "The answer has `HX-Redirect`: it leads to another site, and the preview stays at its own address.";

const PARTS = {
  place: (part) => `No place was found for a part: nothing on the page fits \`${part}\`.`,
  gone: (part) =>
    `Nothing was put where \`${part}\` was: it had left the page before its turn came, perhaps by another part of the answer.`,
};

/** Why nothing was swapped for an exchange, or for a part of it. */
export function noneWords({ none, part }, entry) {
  if (part && none in PARTS) return PARTS[none](part);
  if (none === "redirect" && leadsAway(entry)) return ELSEWHERE;
  return NONE[none].replace("{status}", `${entry.status ?? "message"}`);
}

function leadsAway({ request_headers: asked = [], response_headers: answered = [] }) {
  const valueIn = (headers, name) =>
    headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? "";
  const host = valueIn(asked, "host");
  const to = valueIn(answered, "hx-redirect");
  return URL.canParse(to, `http://${host}`) && new URL(to, `http://${host}`).host !== host;
}
