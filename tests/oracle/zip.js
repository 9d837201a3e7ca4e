// Reads a zip archive of stored files (APPNOTE 4.3): name to bytes.

const LOCAL_HEADER = 0x04034b50;

export function unzip(bytes) {
  const files = {};
  for (let at = 0; bytes.readUInt32LE(at) === LOCAL_HEADER;) {
    const method = bytes.readUInt16LE(at + 8);
    if (method !== 0) throw new Error(`a file is compressed (method ${method})`);
    const size = bytes.readUInt32LE(at + 18);
    const name = bytes.readUInt16LE(at + 26);
    const from = at + 30 + name + bytes.readUInt16LE(at + 28);
    files[bytes.toString("utf8", at + 30, at + 30 + name)] = bytes.subarray(from, from + size);
    at = from + size;
  }
  return files;
}
