const { escapeHTML } = Bun;

export const view = ({ first, last, email }) => `<div hx-target="this" hx-swap="outerHTML">
  <p>${escapeHTML(first)} ${escapeHTML(last)}, ${escapeHTML(email)}</p>
  <button hx-get="/contact/1/edit">Edit</button>
</div>`;

export const form = (contact) => `<form hx-put="/contact/1" hx-target="this" hx-swap="outerHTML">
  ${Object.entries(contact)
    .map(([name, value]) => `<input name="${name}" value="${escapeHTML(value)}">`)
    .join("\n  ")}
  <button>Save</button>
</form>`;
