/** What `stat` gives of a file. */
export class Stats {
  constructor(size, time) {
    Object.assign(this, { size, mode: 0o100644, mtimeMs: time, atimeMs: time, ctimeMs: time });
    const dates = { mtime: "mtimeMs", atime: "atimeMs", ctime: "ctimeMs" };
    for (const [name, of] of Object.entries(dates)) this[name] = new Date(this[of]);
  }
  isFile() {
    return true;
  }
  isDirectory() {
    return false;
  }
  isSymbolicLink() {
    return false;
  }
}
