export { name } from "./button";
import { name } from "./button";

export const parts = [name, "index"];
