// What a second client stands in: a bar with its name, the buttons of the preview's bar, and its frame. Where there is
// room for one client at a time, a switch chooses which is shown.

import { make, part } from "./parts.js";
import { hueOf } from "./wire-hue.js";

export function drawSecond(name, close) {
  const like = (button, words) => {
    const copy = part(button).cloneNode(true);
    delete copy.dataset.command;
    copy.disabled = ["preview-back", "preview-forward"].includes(button);
    copy.title = words;
    copy.setAttribute("aria-label", `${name}: ${words}`);
    return copy;
  };
  const cross = like("preview-hint-close", "close");
  cross.removeAttribute("data-preview-hint-close");
  cross.addEventListener("click", close);
  const bar = make(
    "div",
    { class: "address-bar", role: "toolbar", "aria-label": `${name}, the second client` },
    make("b", { class: "who", "data-hue": hueOf(name) }, name),
    like("preview-back", "back"),
    like("preview-forward", "forward"),
    like("preview-reload", "reload"),
    like("preview-address", "address; Enter goes there"),
    like("preview-open", "in a window of its own"),
    cross,
  );
  const empty = make("div", { class: "preview-empty", hidden: true }, make("p"));
  const page = make("div", { class: "preview-page" }, empty);
  const label = `${name}, the second client`;
  const section = make("section", { class: "second", "aria-label": label }, bar, page);
  const pair = part("clients");
  const choice = drawSwitch(pair, name);

  return {
    empty,
    // Shows the "first" or the "second" of the two, where there is room for one.
    choose: choice.choose,
    find: (what) => section.querySelector(`[data-${what}]`),
    show(isShown) {
      if (isShown) {
        pair.append(section);
        part("client-tools").append(choice.group);
      } else {
        section.remove();
        choice.group.remove();
      }
      choice.choose(isShown ? "second" : "first");
    },
  };
}

function drawSwitch(pair, name) {
  const buttons = Object.entries({ first: "You", second: name }).map(([shown, words]) =>
    make("button", { type: "button", class: "quiet", "data-shows": shown }, words),
  );
  const group = make(
    "div",
    { class: "client-switch", role: "group", "aria-label": "Which client is shown" },
    ...buttons,
  );
  const choose = (shown) => {
    pair.parentElement.dataset.shown = shown;
    for (const button of buttons)
      button.setAttribute("aria-pressed", `${button.dataset.shows === shown}`);
  };
  for (const button of buttons)
    button.addEventListener("click", () => choose(button.dataset.shows));
  return { group, choose };
}
