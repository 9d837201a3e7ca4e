// One's own files, and those that they are compared with.

import { isText, sameContents } from "../contents.js";
import { piecesOf, textOf } from "../editor/pieces.js";

export class Sides {
  // `source` is as in comparison.js.
  constructor(project, source) {
    Object.assign(this, { project, source });
  }

  mine(name) {
    return this.project.contents(name);
  }

  theirs(name) {
    return this.source.files[name];
  }

  has(name) {
    return (this.mine(name) ?? this.theirs(name)) !== undefined;
  }

  // How a file of one or the other stands: new, gone, other, same.
  kindOf(name) {
    if (this.mine(name) === undefined) return "new";
    if (this.theirs(name) === undefined) return "gone";
    return sameContents(this.mine(name), this.theirs(name)) ? "same" : "other";
  }

  areTexts(name) {
    return isText(this.mine(name)) && isText(this.theirs(name));
  }

  // One's own files first, in the order of their tabs.
  differing() {
    const names = new Set([...this.project.names, ...Object.keys(this.source.files).sort()]);
    return [...names].filter((name) => this.kindOf(name) !== "same");
  }

  // None where the files are not two texts.
  piecesOf(name) {
    if (this.kindOf(name) !== "other" || !this.areTexts(name)) return [];
    return piecesOf(textOf(this.mine(name)), textOf(this.theirs(name)));
  }
}
