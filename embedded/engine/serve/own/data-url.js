import { Buffer, web } from "../host.js";

/** What a `data:` URL holds: https://fetch.spec.whatwg.org/#data-url-processor */
export function dataResponse({ href, pathname, search }) {
  const [, type, base64, data] = /^([^,]*?)(; *base64)?,(.*)$/s.exec(pathname + search) ?? [];
  if (data === undefined) throw new TypeError("fetch() URL is invalid");
  const text = web.percentDecode(data);
  const body = base64 ? new Uint8Array(Buffer.from(text, "base64")) : text;
  const all =
    type.startsWith(";") || type === "" ? `text/plain${type || ";charset=US-ASCII"}` : type;
  const fields = ["content-type", all];
  return web.answered({ status: 200, statusText: "OK", url: href, fields }, body);
}
