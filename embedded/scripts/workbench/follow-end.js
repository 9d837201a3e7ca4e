// A list that grows at its end stays there, until the reader goes up; whoever goes to the end again is followed again. What
// moves the end otherwise counts as well: a filter, another height of the list, or its pane being shown again.

const NEAR_PX = 40;

export function followEnd(list) {
  let follows = true;
  let top = 0;
  // A row that is read, and stays in sight.
  let read = null;

  const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;

  // How far the list may go.
  const furthest = () => {
    const end = list.scrollHeight - list.clientHeight;
    const [box, row] = [list, read].map((it) => it?.getBoundingClientRect());
    const isSeen = row && row.bottom > box.top && row.top < box.bottom;
    return isSeen ? Math.min(end, list.scrollTop + row.top - box.top) : end;
  };

  const keep = () => {
    if (follows) list.scrollTop = furthest();
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
    // Takes the reader to a row; without one, none is read any more.
    show(row) {
      read = row;
      row?.scrollIntoView({ block: "nearest" });
      if (row) follows = isAtEnd();
      keep();
    },
  };
}
