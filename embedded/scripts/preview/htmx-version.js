// Which htmx the page runs on.

/** 2 or 4; null where the page has no htmx, or writes its attributes in a way of its own. */
export function htmxVersion() {
  const { version, config } = window.htmx ?? {};
  const major = Number.parseInt(version, 10);
  if (major === 4 && (config?.metaCharacter || (config?.prefix && config.prefix !== "data-hx-")))
    return null;
  return major === 2 || major === 4 ? major : null;
}
