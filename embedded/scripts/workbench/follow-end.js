// A list that grows at its end stays there, until the reader goes up; whoever goes to the end again is followed again. What
// moves the end otherwise counts as well: a filter, another height of the list, or its pane being shown again.

const NEAR_PX = 40;

export function followEnd(list) {
  let follows = true;
  let top = 0;

  const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
  const keep = () => {
    if (follows) list.scrollTop = list.scrollHeight;
    else follows = isAtEnd();
    top = list.scrollTop;
  };
  const sizes = new ResizeObserver(() => list.clientHeight > 0 && keep());
  sizes.observe(list);

  // Rows that are laid out for the first time move the end away, and nobody has scrolled.
  list.addEventListener("scroll", () => {
    if (list.clientHeight === 0) return;
    if (isAtEnd()) follows = true;
    else if (list.scrollTop < top) follows = false;
    top = list.scrollTop;
  });

  return {
    keep,
    // What is in the list, and may change its height.
    watch: (element) => sizes.observe(element),
    // The reader was taken somewhere.
    look() {
      follows = isAtEnd();
      top = list.scrollTop;
    },
  };
}
