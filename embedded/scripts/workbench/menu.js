// A menu below a button: arrows, Home and End move in it, Enter and Space choose, Escape and Tab leave it.

import { make } from "./parts.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const EDGE = 8;
// With less room than this below the button, it may cover the button.
const LEAST = 200;

// `items` resolves to what is offered now: [{ words, act, isChecked }]; `isChecked` of what can be on or off.
export function openMenu({ button, label, items }) {
  const menu = make("div", { role: "menu", class: "menu", popover: "auto", "aria-label": label });
  button.after(menu);
  let isLeft = false;

  const place = () => {
    const { bottom, right } = button.getBoundingClientRect();
    const { innerWidth, innerHeight } = window;
    const isLow = innerHeight - bottom < LEAST;
    const top = isLow ? EDGE : bottom;
    menu.style.setProperty("inset-block-start", `${top}px`);
    menu.style.setProperty("max-block-size", `${innerHeight - top - EDGE}px`);
    const left = Math.min(right - menu.offsetWidth, innerWidth - menu.offsetWidth - EDGE);
    menu.style.setProperty("inset-inline-start", `${Math.max(EDGE, left)}px`);
  };

  const draw = ({ words, act, isChecked }) => {
    const isSwitch = isChecked !== undefined;
    const item = make(
      "button",
      {
        type: "button",
        role: isSwitch ? "menuitemcheckbox" : "menuitem",
        "aria-checked": isSwitch ? `${isChecked}` : null,
        tabindex: -1,
      },
      words,
    );
    item.addEventListener("click", () => {
      menu.hidePopover();
      button.focus();
      act();
    });
    return item;
  };

  const open = async () => {
    const all = await items();
    menu.replaceChildren(...all.map(draw));
    // Whoever leaves the menu goes on there, also where the palette opened it.
    button.focus();
    menu.showPopover();
    place();
    menu.firstElementChild.focus();
  };

  menu.addEventListener("toggle", ({ newState }) => {
    button.setAttribute("aria-expanded", `${newState === "open"}`);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return menu.hidePopover();
    const all = [...menu.children];
    const at = all.indexOf(document.activeElement);
    const goals = { Home: 0, End: all.length - 1 };
    const goal = goals[event.key] ?? at + (STEPS[event.key] ?? 0);
    if (goal === at && !(event.key in goals)) return undefined;
    event.preventDefault();
    return all.at(goal % all.length).focus();
  });
  // A press on the button of an open menu closes it by itself, and must not open it anew.
  button.addEventListener("pointerdown", () => (isLeft = menu.matches(":popover-open")));

  return {
    toggle() {
      const wasLeft = isLeft;
      isLeft = false;
      if (menu.matches(":popover-open")) menu.hidePopover();
      else if (!wasLeft) return open();
      return undefined;
    },
  };
}
