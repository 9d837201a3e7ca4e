// What Rust gives `Intl` (src/engine/zygote/natives/languages.rs), taken once.

export const {
  section,
  canonicalTag,
  likelySubtags,
  isRightToLeft,
  machineZone,
  zoneName,
  zoneOffset,
  pluralCategory,
  pluralCategories,
  collate,
  boundaries,
  upper,
  lower,
} = globalThis.__intl;
