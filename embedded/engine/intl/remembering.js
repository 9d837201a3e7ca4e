// What is worked out once and asked for again: a page formats each row of a table alike.

/** `make`, which remembers up to `most` of its answers by its arguments, which are texts. */
export function remembering(make, most = 100) {
  const known = new Map();
  return (...args) => {
    const key = args.join("\n");
    let answer = known.get(key);
    if (answer === undefined) {
      answer = make(...args);
      if (known.size >= most) known.clear();
      known.set(key, answer);
    }
    return answer;
  };
}
