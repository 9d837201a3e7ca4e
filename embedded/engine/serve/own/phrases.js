/** Reason phrases (RFC 9110, section 15), for `statusText`; the server's own do not go over the wire. */
const PHRASES = {
  ...{ 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 205: "Reset Content" },
  ...{ 203: "Non-Authoritative Information", 206: "Partial Content", 300: "Multiple Choices" },
  ...{ 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified" },
  ...{ 307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request" },
  ...{ 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found" },
  ...{ 405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict" },
  ...{ 410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Payload Too Large" },
  ...{ 414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable" },
  ...{ 417: "Expectation Failed", 418: "I'm a Teapot", 422: "Unprocessable Entity" },
  ...{ 423: "Locked", 428: "Precondition Required", 429: "Too Many Requests" },
  ...{ 451: "Unavailable For Legal Reasons", 500: "Internal Server Error" },
  ...{ 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable" },
  ...{ 504: "Gateway Timeout" },
};

export const phraseOf = (status) => PHRASES[status] ?? "";
