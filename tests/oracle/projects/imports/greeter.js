import { greet } from "./greet.js";
export default class Greeter {
  #name;
  constructor(name) {
    this.#name = name;
  }
  greet() {
    return greet(this.#name);
  }
}
