/** @jsxImportSource hono/jsx */
export const greeting = (name) => <b>Hello {name}</b>;
