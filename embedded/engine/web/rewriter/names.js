import { rewriterError } from "./rewriter-error.js";

const FORBIDDEN_IN_TAG = /[ \n\r\t\f/>]/;
const FORBIDDEN_IN_ATTRIBUTE = /[ \n\r\t\f/>=]/;
const ENDS_COMMENT = /-->|--!>|^-?>/;

/** Lower case as HTML has it: of ASCII alone. */
export const lower = (name) => name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** The name of an attribute, in lower case. */
export function attributeName(name) {
  if (name === "") throw rewriterError("Attribute name can't be empty.");
  refuse(FORBIDDEN_IN_ATTRIBUTE, name, "attribute");
  return lower(name);
}

/** The name of an element, as it is given. */
export function tagName(name) {
  if (name === "") throw rewriterError("Tag name can't be empty.");
  if (!/^[a-z]/i.test(name)) {
    const message =
      "The first character of the tag name should be an ASCII alphabetical character.";
    throw rewriterError(message);
  }
  refuse(FORBIDDEN_IN_TAG, name, "tag");
  return name;
}

/** The text of a comment, which must not end it. */
export function commentText(text) {
  if (!ENDS_COMMENT.test(text)) return text;
  const sequence = text.includes("-->")
    ? "comment closing sequence (`-->`)"
    : "what ends a comment";
  throw rewriterError(`Comment text shouldn't contain ${sequence}.`);
}

function refuse(forbidden, name, kind) {
  const found = forbidden.exec(name)?.[0];
  if (found === undefined) return;
  throw rewriterError(`\`${found}\` character is forbidden in the ${kind} name`);
}
