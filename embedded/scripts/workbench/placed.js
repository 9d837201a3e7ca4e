// Where the sandbox is: a newcomer has none until the first thing is kept, by this page or by another tab of the
// same work, which tells it. Where sandboxes have ports, one that nobody used may have been given on.

export function whenPlaced({ work, draft, known, then }) {
  const tabs = new BroadcastChannel(`hxlab.placed.${work}`);
  let address = known;

  draft.addEventListener("placed", ({ detail }) => {
    if (detail !== address) tabs.postMessage(detail);
    address = detail;
    then(detail);
  });
  tabs.addEventListener("message", ({ data }) => {
    address = data;
    then(data);
  });
}
