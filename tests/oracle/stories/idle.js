const LONG = 30_000;

export default async function ({ socket, get, note }) {
  const lively = await socket("/lively", { who: "the lively" });
  const dead = await socket("/dead", { who: "the dead" });
  await dead.say("hello");
  const alive = (async () => {
    for (;;) {
      const frame = await lively.socket.next(LONG);
      if (frame.kind !== "ping") return note("the lively hears at last", frame);
      lively.socket.send("pong");
    }
  })();
  // How many pings come until then is a matter of the clock's steps.
  const kinds = new Set();
  let frame = await dead.socket.next(LONG);
  for (; !frame.over && !frame.silent; frame = await dead.socket.next(LONG)) kinds.add(frame.kind);
  note("the dead ends", { ...frame, heard: [...kinds].join() });
  await get("/closed");
  lively.send("still here");
  await alive;
}
