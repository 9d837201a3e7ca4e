// What few need is loaded when it is first asked for. Where it does not come, a line says so and offers to try again.

import { notice } from "./notice.js";

export async function whenLoaded(load, act) {
  let module;
  try {
    module = await load();
  } catch {
    const words = "This part of the workbench could not be loaded: check the connection.";
    return notice(words, "Try again", () => whenLoaded(load, act));
  }
  return act(module);
}
