// WebSocket fan-out: what one client says goes to all others in the room.

import { Contender } from "./contender.js";
import { fanout } from "./load.js";
import { inTurn, perSecond, ratios } from "./pair.js";

const CLIENTS = 1000;

export async function rooms() {
  const contenders = [Contender.ours("room"), Contender.bun("room"), Contender.node("room")];
  const rates = await inTurn(contenders, async (contender) => {
    await contender.start();
    const rate = await fanout(contender, CLIENTS);
    await contender.stop();
    return rate;
  });
  const targets = { Bun: "≥ 1", "Node.js": "≥ 5" };
  return ratios(
    `Deliveries in a room of ${CLIENTS}, 200 bytes, 8 in flight`,
    rates,
    perSecond,
    targets,
  );
}
