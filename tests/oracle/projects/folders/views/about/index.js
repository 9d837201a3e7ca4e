import { shout } from "../../util";
import { parts } from "../parts/";

/** Where this file is, by what each of the server's files knows of itself. */
export const own = () => {
  const { url, dir, file, path, dirname, filename } = import.meta;
  const inside = new URL("./note.txt", url);
  return [
    [url, path].map((it) => it.endsWith("/views/about/index.js")),
    [dir.endsWith("/views/about"), file, dirname === dir, filename === path],
    inside.pathname.endsWith("/views/about/note.txt"),
  ];
};

export default shout(parts.join(" "));
