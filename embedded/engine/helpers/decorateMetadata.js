/** `design:type` and the like, for a project that has `Reflect.metadata`. */
export default function decorateMetadata(key, value) {
  if (typeof Reflect.metadata === "function") return Reflect.metadata(key, value);
}
