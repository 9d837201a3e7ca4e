export function late<T>(value: T): string {
  return `late ${value}`;
}
