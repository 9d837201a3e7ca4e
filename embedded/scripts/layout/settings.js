// How the workbench is laid out, kept in this browser: where the lines between the panes stand, how large the code is
// and whether its lines wrap, and which pane has all the room. A number out of range is brought into it; any other
// nonsense counts as the first value. The document hears "layout" of each change.

const root = document.documentElement;

const between = (least, most, first) => ({
  first,
  read: (text) => {
    const value = Math.round(Number.parseFloat(text));
    return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : first;
  },
});
const oneOf = (first, ...others) => ({
  first,
  read: (text) => (others.includes(text) ? text : first),
});
const property = (name, text) => (value) => root.style.setProperty(name, text(value));
const percent = (value) => `${value}%`;

export const SIZES = [75, 85, 100, 115, 130, 150, 175, 200, 250];

// Each `least` and `most` of a share as in workbench.html.
const SETTINGS = {
  code: { ...between(15, 85, 46), apply: property("--share-code", percent) },
  preview: { ...between(20, 80, 54), apply: property("--share-preview", percent) },
  size: {
    ...between(SIZES[0], SIZES.at(-1), 100),
    apply: property("--code-size", (value) => `${0.00875 * value}rem`),
  },
  wrap: { ...oneOf("off", "on"), apply: (value) => (root.dataset.wrap = value) },
  whole: {
    ...oneOf("none", "code", "preview", "drawer"),
    apply: (value) => (root.dataset.whole = value),
  },
};

const keyOf = (name) => `hxlab.layout.${name}`;
const values = new Map(Object.keys(SETTINGS).map((name) => [name, kept(name)]));

// Storage can be forbidden; then a setting holds as long as the page.
function kept(name) {
  try {
    return SETTINGS[name].read(localStorage.getItem(keyOf(name)));
  } catch {
    return SETTINGS[name].first;
  }
}

function keep(name, value) {
  try {
    if (value === SETTINGS[name].first) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), value);
  } catch {
    // See above.
  }
}

export const layout = (name) => values.get(name);

export function setLayout(name, wish) {
  const value = SETTINGS[name].read(wish);
  values.set(name, value);
  keep(name, value);
  SETTINGS[name].apply(value);
  document.dispatchEvent(new CustomEvent("layout", { detail: name }));
}

export const firstLayout = (name) => SETTINGS[name].first;

export function resetLayout() {
  for (const [name, { first }] of Object.entries(SETTINGS)) setLayout(name, first);
}

// What is as at first needs nothing: the styles say it.
export function applyAll() {
  for (const [name, value] of values) {
    if (value !== SETTINGS[name].first) SETTINGS[name].apply(value);
  }
}
