export const word = "client";
