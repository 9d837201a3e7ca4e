// Cookies that scripts set where the preview is a frame of another site than the lesson's: browsers keep only
// those that say `SameSite=None; Secure; Partitioned`. The server's cookies get the same from the gateway.

const REPLACED = /^\s*(samesite|secure|partitioned)\s*(=|$)/i;

export function partitionCookies() {
  const { get, set, ...rest } = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    ...rest,
    get,
    set(text) {
      set.call(this, partitioned(`${text}`));
    },
  });
  const store = globalThis.CookieStore?.prototype;
  if (!store) return;
  const keep = store.set;
  const options = (name, value) => (typeof name === "object" ? name : { name, value });
  const marks = { sameSite: "none", partitioned: true };
  store.set = function (...args) {
    return keep.call(this, { ...options(...args), ...marks });
  };
  // Chromium's own deletes no partitioned cookie on plain http, not even at localhost.
  store.delete = function (name) {
    return keep.call(this, { ...options(name), value: "", expires: 0, ...marks });
  };
}

function partitioned(cookie) {
  const [pair, ...attributes] = cookie.split(";");
  const kept = attributes.filter((attribute) => !REPLACED.test(attribute));
  return [pair, ...kept, " SameSite=None", " Secure", " Partitioned"].join(";");
}
