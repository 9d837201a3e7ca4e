// The editor's help: a file with a name of its own, so that workbench/editor/help.js can ask for it again.

export { openHelp } from "./workbench/editor/help/open.js";
