// Several tasks at once, each lane taking the next when it has done one.

// A task that answers `later` is put back while other lanes are busy, and its lane ends: there is no room for so many.
export async function inLanes(tasks, width, signal) {
  const left = [...tasks];
  let busy = 0;
  const lane = async () => {
    busy += 1;
    while (left.length > 0 && !signal.aborted) {
      const task = left.shift();
      const outcome = await task({ isAlone: busy === 1 });
      if (outcome !== "later") continue;
      left.unshift(task);
      break;
    }
    busy -= 1;
  };
  await Promise.all(Array.from({ length: width }, lane));
}
