import { chunkBytes } from "./bytes.js";
import { inspect } from "./inspect.js";
import { mimeType } from "./mime.js";
import { projectFiles } from "./project-files.js";
import { abortRequest, requestFrom } from "./request.js";
import { responseParts } from "./response.js";

/**
 * What `serve.js` needs that is no standard global:
 *
 * - `requestFrom({method, url, headers, body, params, signal})`: a Request; `headers` are pairs,
 *   `body` is bytes or null, `params` only for a route;
 * - `abort(request, reason)`: the client went away;
 * - `responseParts(response, request)`: `{status, headers, body}` with the cookies that the
 *   request's code has set; `body` is null, bytes, or a ReadableStream. A Response can be taken
 *   once; a second time throws a TypeError;
 * - `chunkBytes(chunk)`: bytes of a chunk of such a stream, or a TypeError;
 * - `projectFiles`: name to text, for `serve.js` to fill;
 * - `mimeType(name)` and `inspect(value)`.
 */
export const hooks = {
  requestFrom,
  abort: abortRequest,
  responseParts,
  chunkBytes,
  projectFiles,
  mimeType,
  inspect,
};
