// Every request that changes something comes through here: who asks for it, and what they sent.
import { sessionOf } from "./session.js";

export function change(make) {
  return async (req) => {
    const session = sessionOf(req);
    const form = await formIn(req);
    return make({ req, session, form });
  };
}

// A request without a form, or with one that cannot be read, has sent nothing.
async function formIn(req) {
  try {
    return await req.formData();
  } catch {
    return new FormData();
  }
}
