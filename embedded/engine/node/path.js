// node:path and node:path/posix, of the package “path-browserify”: a sandbox is no Windows.

import path from "path-browserify";

path.posix = path;
/** A name as the system wants it: on POSIX, as it is. */
path.toNamespacedPath = path._makeLong = (name) => name;

export const { basename, delimiter, dirname, extname, format, isAbsolute, join, normalize } = path;
export const { parse, posix, relative, resolve, sep, toNamespacedPath, _makeLong } = path;

export default path;
