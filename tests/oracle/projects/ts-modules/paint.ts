import type { Everything } from "./types";

export type Colour = "red" | "green";
export enum Paint {
  Light = "light",
  Dark = "dark",
}
export const paint = (colour: Colour, _?: Everything): `${Colour} paint` => `${colour} paint`;
