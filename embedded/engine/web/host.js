// What the engine gives the Web layer. Taken once, so that nothing a learner writes can change it.

export const {
  utf8Decode,
  randomBytes,
  now,
  setTimer,
  clearTimer,
  log,
  explained,
  etag,
  digest,
  hmac,
  bytesToText,
  textToBytes,
  passwordHash,
  passwordVerify,
  quickHash,
  compress,
  decompress,
  widthOf,
  peek,
  selectorFault,
  beginRewriting,
  readPiece,
  writePiece,
  runJobs,
  sleep,
  memoryUsed,
  exit,
  utf8Encode: encode,
  parseUrl: parse,
  setUrl,
  proxyTarget,
} = globalThis.__host;

/** A string as UTF-8; lone surrogates become U+FFFD, as everywhere on the Web. */
export const utf8Encode = (text) => encode(wellFormed(text));

/** The parts of a URL, or nothing when it is none. */
export const parseUrl = (input, base) => parse(wellFormed(input), base);

/** The same text without lone surrogates (`USVString`). */
export const wellFormed = (text) => (text.isWellFormed() ? text : text.toWellFormed());
