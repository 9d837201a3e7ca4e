// The size of type, which a visitor chooses. A cookie keeps it, and layout.js writes it into <html>.
import { html } from "hono/html";

// Bun gives `cookies` to the requests of routes.
export function sizeOf(req) {
  return req.cookies?.get("size") === "large" ? "large" : "";
}

export function sizeButton(req) {
  const [value, label] = sizeOf(req) ? ["normal", "Normal type"] : ["large", "Large type"];
  return html`<button name="size" value="${value}">${label}</button>`;
}

export async function setSize(req) {
  const form = await req.formData();
  const size = form.get("size") === "large" ? "large" : "normal";
  req.cookies.set("size", size, { httpOnly: true, sameSite: "lax" });
  return new Response(null, { status: 204 });
}
