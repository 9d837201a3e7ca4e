// Has the wire show whose browser this is: the lesson's page gives a mark that nobody else knows, where the number by which
// it would know the page is of another life of the sandbox.

const OWN = "/.hxlab/preview.js";

export function signWhenAsked(channel) {
  const fetch = window.fetch.bind(window);
  channel.on("sign", ({ mark }) => {
    fetch(`${OWN}?sign=${encodeURIComponent(mark)}`, { method: "HEAD", cache: "no-store" }).catch(
      () => {},
    );
  });
}
