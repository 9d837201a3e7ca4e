// Every request that changes something comes through here: who asks for it, what they sent, and whether
// it comes from a page of Lobby that was made for them.
import { isToken, sessionOf } from "./session.js";

export function change(make) {
  return async (req) => {
    const session = sessionOf(req);
    const form = await formIn(req);
    if (isForged(req, session, form)) {
      const words = "This page is out of date. Reload it and try again.";
      return new Response(words, { status: 403 });
    }
    return make({ req, session, form });
  };
}

// htmx sends the token in a header, a form without htmx in a field.
function isForged(req, session, form) {
  const token = req.headers.get("X-CSRF-Token") ?? form.get("csrf");
  return !session || !isToken(token);
}

// A request without a form, or with one that cannot be read, has sent nothing.
async function formIn(req) {
  try {
    return await req.formData();
  } catch {
    return new FormData();
  }
}
