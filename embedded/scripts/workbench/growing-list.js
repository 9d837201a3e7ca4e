// A list that only grows at its end, drawn once a frame however much arrives, with a cap. It follows its
// end unless the reader has scrolled away from it.

export function growingList(list, limit, onDropped) {
  let waiting = [];
  let dropped = 0;

  const draw = () => {
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    dropped += Math.max(0, waiting.length - limit);
    list.append(...waiting.slice(-limit));
    waiting = [];
    const over = list.childElementCount - limit;
    for (let at = 0; at < over; at += 1) list.firstElementChild.remove();
    dropped += Math.max(0, over);
    onDropped(dropped);
    if (follows) list.scrollTop = list.scrollHeight;
  };

  return {
    add(item) {
      // A timer rather than an animation frame: it also runs while the tab is hidden.
      if (waiting.length === 0) setTimeout(draw, 16);
      waiting.push(item);
    },
    clear() {
      waiting = [];
      dropped = 0;
      list.replaceChildren();
      onDropped(0);
    },
  };
}
