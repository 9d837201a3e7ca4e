// Several tasks at once, each lane taking the next when it has done one.

// What a task answers that is put back: it has closed its lane, because there is no room for so many.
export const LATER = "later";

// A task is called with its lane, whose `close` ends it, unless it is the last one that is open: gives whether it did.
export async function inLanes(tasks, width, signal) {
  const left = [...tasks];
  let open = 0;
  const lane = async () => {
    open += 1;
    let isOpen = true;
    const close = () => {
      if (open === 1) return false;
      open -= 1;
      isOpen = false;
      return true;
    };
    while (isOpen && left.length > 0 && !signal.aborted) {
      const task = left.shift();
      if ((await task({ close })) === LATER) left.unshift(task);
    }
    if (isOpen) close();
  };
  await Promise.all(Array.from({ length: width }, lane));
}
