// Events by a direct stream.
Bun.serve({
  port: 4000,
  fetch(req) {
    if (!req.url.endsWith("/events")) return new Response("see /events");
    return new Response(
      new ReadableStream({
        type: "direct",
        async pull(controller) {
          for (let n = 1; n <= 3; n += 1) {
            controller.write(`data: ${n}\n\n`);
            await controller.flush();
            await Bun.sleep(2);
          }
          controller.close();
        },
      }),
      { headers: { "Content-Type": "text/event-stream" } },
    );
  },
});
