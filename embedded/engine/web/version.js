/** The Bun that a sandbox answers as. */
export const VERSION = "1.4.5";
