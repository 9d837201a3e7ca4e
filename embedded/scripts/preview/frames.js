// What goes on in frames of the page that are of its own origin, such as those of `srcdoc`: each document in them is told of
// once it has loaded. Those of other origins cannot be looked into.

const told = new WeakSet();

export function onFrame(tell) {
  const look = ({ target }) => {
    const inner = documentOf(target);
    if (!inner || told.has(inner)) return;
    told.add(inner);
    tell(inner.defaultView);
    inner.addEventListener("load", look, true);
  };
  document.addEventListener("load", look, true);
}

function documentOf({ contentWindow }) {
  try {
    return contentWindow?.document;
  } catch {
    return null;
  }
}
