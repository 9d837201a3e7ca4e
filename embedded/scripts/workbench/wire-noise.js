// What a lesson calls noise: a path begins with “/”; anything else names an event, or is found in a WebSocket message.
// “*” at the end stands for any rest. What failed is never noise.

export function openNoise(patterns) {
  const paths = patterns.filter((it) => it.startsWith("/")).map(matcher);
  const names = patterns.filter((it) => !it.startsWith("/")).map(matcher);
  const words = patterns.filter((it) => !it.startsWith("/")).map((it) => it.replace(/\*$/, ""));

  return ({ kind, path, status, event, name, text }) => {
    if (patterns.length === 0 || status >= 400) return false;
    if (paths.some((fits) => fits(path.split("?")[0]))) return true;
    if (event !== "message") return false;
    if (kind === "sse") return names.some((fits) => fits(name));
    return words.some((word) => text?.includes(word));
  };
}

const matcher = (pattern) =>
  pattern.endsWith("*")
    ? (text) => text.startsWith(pattern.slice(0, -1))
    : (text) => text === pattern;
