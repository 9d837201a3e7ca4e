// One message in the console: level by shape and colour, where it comes from, text, place, time.

import { placeButton } from "./frames.js";
import { make, timed } from "./parts.js";

const SHAPES = { debug: "·", log: "›", info: "i", warn: "△", error: "×", note: "—" };
/** What the engine says of something that Bun has and a sandbox has not. */
const MISSING = /(does not exist|is not available|is not) here\b/;
const LONG_LINES = 6;
const LONG_TEXT = 600;

export function consoleLine(message, places) {
  const { at, from, level, text, frame, fault } = message;
  const shape = make(
    "span",
    { class: "level", role: "img", "aria-label": level },
    SHAPES[level] ?? "›",
  );
  const body = make("div", { class: "said" }, textOf(text));
  if (from === "server" && MISSING.test(text)) {
    body.append(make("a", { href: "/bun", target: "_blank" }, "What differs from Bun"));
  }
  const frames = fault?.frames ?? [];
  if (frames.length > 1) {
    const rows = frames.map((each) => make("li", {}, placeButton(each, places, true)));
    body.append(make("ol", { class: "frames", "aria-label": "Called from" }, ...rows));
  }
  const place = frames.length === 1 ? frames[0] : frames.length ? null : frame;
  const meta = make(
    "span",
    { class: "meta" },
    place ? placeButton(place, places) : null,
    make("span", { class: "from" }, from),
    timed(at),
  );
  return make("li", { "data-from": from, "data-level": level }, shape, body, meta);
}

// A long text is folded to its first lines; the rest is one press away.
function textOf(text) {
  const lines = text.split("\n");
  if (lines.length <= LONG_LINES && text.length <= LONG_TEXT) return make("pre", {}, text);
  const head = lines
    .slice(0, LONG_LINES - 3)
    .join("\n")
    .slice(0, LONG_TEXT / 2);
  const rest =
    lines.length > LONG_LINES ? `all ${lines.length} lines` : `all ${text.length} characters`;
  return make(
    "details",
    {},
    make("summary", {}, make("pre", {}, `${head} …`), make("span", {}, rest)),
    make("pre", {}, text),
  );
}
