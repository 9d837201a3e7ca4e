// Talks with the workbench, and with no one else: only the site's origin, only the parent window.

const MARK = "hxlab-preview";

export function openChannel(site) {
  const workbench = window.parent;
  const orders = new Map();

  window.addEventListener("message", (event) => {
    if (event.source !== workbench || event.origin !== site || event.data?.from !== MARK) return;
    event.stopImmediatePropagation();
    orders.get(event.data.type)?.(event.data);
  });

  return {
    tell: (type, rest) => workbench.postMessage({ from: MARK, type, ...rest }, site),
    on: (type, act) => orders.set(type, act),
  };
}
