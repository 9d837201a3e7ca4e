export default async function ({ socket, get, wait }) {
  const events = async () => {
    await wait(100);
    await get("/events");
  };

  await get("/no-socket");
  for (const path of ["/closed-at-once", "/cut-at-once"]) {
    const other = await socket(path, { who: path.slice(1) });
    await other?.rest();
    await events();
  }

  for (const command of [
    "close",
    "close 1000",
    "close 1001 going",
    "close 4999 with a reason, ü",
    "close 3000",
    "send-close",
    "terminate",
  ]) {
    const other = await socket("/asked", { who: `asked to ${command}` });
    await other.say("hello");
    other.send(command);
    await other.rest();
    other.cut();
    await events();
  }

  for (const [code, reason] of [
    [1000, ""],
    [1001, "away"],
    [3001, "ü"],
    [4000, "x".repeat(123)],
    [],
  ]) {
    const other = await socket("/leaves", { who: `leaves with ${code ?? "no code"}` });
    await other.say("hello");
    other.close(code, reason);
    await other.rest();
    await events();
  }

  for (const code of [999, 1004, 1005, 1006, 1015, 2999, 5000]) {
    const other = await socket("/wrong", { who: `leaves with ${code}` });
    await other.say("hello");
    other.close(code, "wrong");
    await other.rest();
    await events();
  }

  const cut = await socket("/cut", { who: "cut" });
  await cut.say("hello");
  cut.cut();
  await events();

  const broken = {
    "text that is not UTF-8": (it) => it.socket.send("text", Buffer.from([0xff, 0xfe])),
    "a continuation of nothing": (it) => it.socket.send("continuation", "x"),
    "a message within a message": (it) => {
      it.socket.send("text", "a", { fin: false });
      it.socket.send("text", "b");
    },
    "a long ping": (it) => it.socket.send("ping", "x".repeat(126)),
    "a ping in fragments": (it) => it.socket.send("ping", "x", { fin: false }),
    "a close frame of one byte": (it) => it.socket.send("close", "x"),
  };
  for (const [name, act] of Object.entries(broken)) {
    const other = await socket("/broken", { who: name });
    await other.say("hello");
    act(other);
    await other.rest();
    await events();
  }
}
