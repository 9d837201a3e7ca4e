// Whether a question mark alone shows the keys: somebody who speaks to their computer, or whose hand slips, can
// turn that off, and this browser remembers it.

const KEY = "hxlab.keys";

let isOn = true;
try {
  isOn = localStorage.getItem(KEY) !== "off";
} catch {
  // A browser that stores nothing has the key.
}

export const isKeyOn = () => isOn;

export function setKey(on) {
  isOn = on;
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // Then it holds as long as the page.
  }
}
