import {
  bytesToText,
  digest,
  etag,
  hmac,
  log,
  now,
  proxyTarget,
  randomBytes,
  decompress,
} from "./host.js";
import { bufferOf } from "./buffer.js";
import { encodingName, encodingOf } from "./buffer-text.js";
import { content } from "./blob.js";
import { fileBytes, isThere, spanOf } from "./bun-file.js";
import { chunkBytes } from "./bytes.js";
import { DecompressionStream, formatOf } from "./compression.js";
import { constants, hidden, tag } from "./define.js";
import { eventProperty } from "./event-target.js";
import { fieldsOf, fieldsWithout, fieldValue } from "./headers.js";
import { inspect } from "./inspect.js";
import { absent } from "./absent.js";
import { mimeType } from "./mime.js";
import * as errors from "./node-errors.js";
import { projectFiles, serverFile, setSavedAt, setServerFile } from "./project-files.js";
import { abortAsked, askedOf, requestFrom, requestParts } from "./request.js";
import {
  answered,
  fieldsWithCookies,
  redirected,
  responseParts,
  standingParts,
} from "./response.js";
import { SafeMap, SafeSet } from "./safe.js";
import { percentDecode } from "./urlencoded.js";
import { VERSION } from "./version.js";

/**
 * What `serve.js` needs that is no standard global:
 *
 * - `requestFrom(asked)`: a Request; `asked` is `{method, url, fields, body, params}`, its body bytes
 *   or null, and `params` only for a route; `askedOf(request)` gives that object back;
 * - `abort(asked, reason)`: the client went away;
 * - `responseParts(response, cookies)`: `{status, fields, body, file}` with the cookies that the
 *   request's code has set; `body` is null, a string, bytes, or a ReadableStream; `file` is what of
 *   `Bun.file` the body is. A Response can be taken once; a second time throws a TypeError;
 * - `standingParts(response)`: the same of a Response that stays as it is; null for a stream;
 * - `fieldsOf(headers)`, `fieldValue(fields, name)` and `fieldsWithout(fields, name)`: fields are names
 *   in lower case and values, in turn, as they go on the wire (see web/headers.js);
 * - `fieldsWithCookies(fields, cookies)`: those and the `set-cookie` of what the request's code has set;
 * - `bufferOf(bytes)`: the same bytes as a `Buffer`; `blobBytes(blob)`: those of a Blob;
 * - `etag(bytes)`: sixteen digits, as Bun's; `percentDecode(text)`, forgiving;
 * - `fileBytes(file)`, `isThere(file)` and `spanOf(file)`: of the files that Responses are made of;
 * - `chunkBytes(chunk)`: bytes of a chunk of such a stream, or a TypeError;
 * - `projectFiles`: name to text, for `serve.js` to fill, `setSavedAt(milliseconds)`, and which of them
 *   is the server's own;
 * - `requestParts(request)`, `answered(head, body)` and `redirected(response)`: both ends of `fetch`;
 * - `formatOf(encoding)`, `decompress(bytes, format)` and `DecompressionStream`: for compressed bodies;
 * - `constants`, `eventProperty`, `hidden` and `tag`, for classes of its own; `version` of Bun;
 * - `mimeType(name)` and `inspect(value)`; `SafeMap` and `SafeSet` (see web/safe.js);
 * - `node`: what the modules of Node's stand on (see ../internals.js).
 */
export const hooks = {
  ...{ requestFrom, askedOf, abort: abortAsked },
  ...{ responseParts, standingParts },
  ...{ answered, redirected, requestParts },
  ...{ DecompressionStream, formatOf, decompress },
  ...{ constants, eventProperty, hidden, tag, version: VERSION },
  ...{ fieldsOf, fieldsWithCookies, fieldsWithout, fieldValue },
  ...{ bufferOf, blobBytes: (blob) => blob[content]() },
  etag,
  percentDecode,
  ...{ fileBytes, isThere, spanOf },
  chunkBytes,
  ...{ projectFiles, serverFile, setSavedAt, setServerFile },
  mimeType,
  inspect,
  ...{ SafeMap, SafeSet },
  node: {
    ...{ bytesToText, digest, hmac, log, now, proxyTarget, randomBytes },
    ...{ absent, encodingName, encodingOf, errors },
  },
};
