import { shout, count } from "../util.js";
import nav from "./nav.js";
import button from "./parts/button.tsx";
import { parts } from "./parts/index.js";

export default (
  name,
) => `<link rel="stylesheet" href="/public/style.css">${nav}<p>${shout(name)} ${parts}</p>
${button()} ${count()}`;
