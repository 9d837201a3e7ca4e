// Chat, by letter: a form is posted, and who reloads the page reads what is new.
import { nameOf, visitor } from "./people.js";
import { remember, room } from "./rooms.js";

export async function say(req) {
  const here = room(req.params.room);
  if (!here) return new Response("There is no room of this name.", { status: 404 });
  const message = String((await req.formData()).get("message") ?? "").trim();
  if (message) remember(here, nameOf(visitor(req).guest), message.slice(0, 500));
  return new Response(null, { status: 303, headers: { Location: `/rooms/${req.params.room}` } });
}
