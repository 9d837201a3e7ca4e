import { etag } from "./host.js";
import { fileBytes, isThere, spanOf } from "./bun-file.js";
import { chunkBytes } from "./bytes.js";
import { inspect } from "./inspect.js";
import { mimeType } from "./mime.js";
import { projectFiles, setSavedAt } from "./project-files.js";
import { abortRequest, requestFrom } from "./request.js";
import { responseParts, standingParts } from "./response.js";
import { percentDecode } from "./urlencoded.js";

/**
 * What `serve.js` needs that is no standard global:
 *
 * - `requestFrom({method, url, headers, body, params, signal})`: a Request; `headers` are pairs,
 *   `body` is bytes or null, `params` only for a route;
 * - `abort(request, reason)`: the client went away;
 * - `responseParts(response, request)`: `{status, headers, body, file}` with the cookies that the
 *   request's code has set; `body` is null, bytes, or a ReadableStream; `file` is what of `Bun.file`
 *   the body is. A Response can be taken once; a second time throws a TypeError;
 * - `standingParts(response)`: the same of a Response that stays as it is; null for a stream;
 * - `etag(bytes)`: sixteen digits, as Bun's; `percentDecode(text)`, forgiving;
 * - `fileBytes(file)`, `isThere(file)` and `spanOf(file)`: of the files that Responses are made of;
 * - `chunkBytes(chunk)`: bytes of a chunk of such a stream, or a TypeError;
 * - `projectFiles`: name to text, for `serve.js` to fill, and `setSavedAt(milliseconds)`;
 * - `mimeType(name)` and `inspect(value)`.
 */
export const hooks = {
  requestFrom,
  abort: abortRequest,
  responseParts,
  standingParts,
  etag,
  percentDecode,
  ...{ fileBytes, isThere, spanOf },
  chunkBytes,
  ...{ projectFiles, setSavedAt },
  mimeType,
  inspect,
};
