// Whether an entry of the wire failed: an answer of 4xx or 5xx, or a socket that was closed for a fault.

export const hasFailed = ({ kind, event, status, code }) =>
  kind === "http" ? status >= 400 : kind === "websocket" && event === "close" && code >= 1002;
