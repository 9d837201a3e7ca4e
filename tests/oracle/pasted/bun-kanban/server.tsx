/** @jsxImportSource hono/jsx */
// A board in plain Bun.serve with JSX: cards are moved, every window follows.
const COLUMNS = ["todo", "doing", "done"] as const;
type Column = (typeof COLUMNS)[number];
interface Card {
  id: number;
  text: string;
  column: Column;
}
const cards: Card[] = [{ id: 1, text: "Write <tests>", column: "todo" }];

function CardView({ id, text, column }: Card) {
  const next = COLUMNS[COLUMNS.indexOf(column) + 1];
  return (
    <li id={`card-${id}`} data-column={column}>
      {text}
      {next && (
        <button hx-put={`/cards/${id}`} hx-vals={JSON.stringify({ column: next })}>
          {next}
        </button>
      )}
    </li>
  );
}
const Board = () => (
  <section id="board" hx-swap-oob="true">
    {COLUMNS.map((column) => (
      <ol key={column} title={column}>
        {cards
          .filter((card) => card.column === column)
          .map((card) => (
            <CardView {...card} />
          ))}
      </ol>
    ))}
  </section>
);
const html = (view: unknown, status = 200) =>
  new Response(String(view), { status, headers: { "Content-Type": "text/html" } });

function changed(status = 200) {
  const board = String(<Board />);
  server.publish("board", board);
  return html(board, status);
}

const server = Bun.serve({
  routes: {
    "/": () =>
      html(
        <html>
          <body hx-ext="ws" ws-connect="/live">
            <Board />
          </body>
        </html>,
      ),
    "/live": (req, server) => {
      if (!server.upgrade(req)) return new Response("A socket, please", { status: 426 });
    },
    "/cards": {
      POST: async (req) => {
        const text = (await req.formData()).get("text");
        if (typeof text !== "string" || text.trim() === "")
          return html(<p role="alert">Say what</p>, 422);
        cards.push({ id: cards.length + 1, text: text.trim(), column: "todo" });
        return changed(201);
      },
    },
    "/cards/:id": {
      PUT: async (req) => {
        const card = cards.find(({ id }) => id === Number(req.params.id));
        const column = (await req.formData()).get("column") as Column;
        if (!card) return html(<p>gone</p>, 404);
        if (!COLUMNS.includes(column)) return html(<p>no such column</p>, 400);
        card.column = column;
        return changed();
      },
    },
  },
  websocket: {
    open: (ws) => void ws.subscribe("board"),
    message() {},
  },
});
