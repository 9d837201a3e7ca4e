export default async function ({ socket, get, note, wait }) {
  const one = await socket("/", { who: "the longest" });
  await one.say("x".repeat(1000));
  one.send("x".repeat(1001));
  await one.rest();

  const pieces = await socket("/", { who: "in pieces" });
  pieces.socket.send("text", "x".repeat(600), { fin: false });
  pieces.socket.send("continuation", "x".repeat(600));
  await pieces.rest();

  const slow = await socket("/", { who: "slow" });
  slow.socket.pause();
  slow.send("flood");
  await wait(300);
  slow.socket.resume();
  let frames = 0;
  for (;;) {
    const frame = await slow.socket.next(500);
    if (frame.silent || frame.over) {
      note("the flood ends", frame);
      break;
    }
    frames += 1;
  }
  note("the flood", { many: frames > 3 });
  await get("/drained");
  await slow.say("hello");
  await get("/slow");
}
