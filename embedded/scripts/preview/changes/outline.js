// Tells the workbench where elements stand while it shows them: it draws the outlines over the preview, so that the page
// itself stays as it is.

const MOST = 20;

export function tellPlaces(channel, records) {
  let shown = [];
  let number = 0;
  let told = "";
  let isLooking = false;

  const boxOf = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left, top, width, height].map(Math.round);
  };

  const look = () => {
    const here = shown.map((it) => it.deref()).filter((it) => it?.isConnected);
    const boxes = here.map(boxOf);
    const size = [window.innerWidth, window.innerHeight];
    const places = JSON.stringify([boxes, size]);
    if (places !== told)
      channel.tell("places", { number, boxes, size, gone: shown.length - here.length });
    told = places;
  };

  // The browser has drawn what scrolls or moves, or has not; ten times a second is enough to follow it.
  const follow = () => {
    isLooking = shown.length > 0;
    if (!isLooking) return;
    look();
    setTimeout(follow, 100);
  };

  channel.on("show", ({ number: wanted, isSought }) => {
    number = wanted;
    shown = (records.shown.get(wanted) ?? []).slice(0, MOST);
    told = "";
    const first = isSought && shown.map((it) => it.deref()).find((it) => it?.isConnected);
    if (first) first.scrollIntoView({ block: "nearest" });
    look();
    if (!isLooking) follow();
  });
}
