export const button = (clicks: number): string =>
  `<button hx-post="/clicks" hx-swap="outerHTML">Clicked ${clicks} times</button>`;
