// The keyboard of a tab list: one stop for Tab, arrows, Home and End move and choose.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function rove(list, choose) {
  const tabs = () => [...list.querySelectorAll("[role=tab]")];

  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab);
  });

  list.addEventListener("keydown", (event) => {
    const all = tabs();
    const at = all.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    let next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : undefined;
    if (event.key in STEPS) next = (at + STEPS[event.key] + all.length) % all.length;
    if (next === undefined) return;
    event.preventDefault();
    choose(all[next]);
    tabs()[next]?.focus();
  });
}

// Marks the chosen tab and shows its panel among those that the list controls.
export function chooseTab(list, chosen) {
  for (const tab of list.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute("aria-controls"));
    if (panel) panel.hidden = tab !== chosen;
  }
}
