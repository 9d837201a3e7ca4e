// What few need is loaded when it is first asked for. Where it does not come, a line says so and offers to try again.

import { dismiss, notice } from "./notice.js";

const MISSING = "This part of the workbench could not be loaded: check the connection.";

export async function whenLoaded(load, act) {
  let module;
  try {
    module = await load();
  } catch {
    return notice(MISSING, "Try again", () => whenLoaded(load, act));
  }
  dismiss(MISSING);
  return act(module);
}
