/** What is read out when steps are done, by their numbers. */
export function doneWords(numbers, of) {
  if (numbers.length === 1) return `Step ${numbers[0]} of ${of} is done.`;
  const last = numbers.at(-1);
  return `Steps ${numbers.slice(0, -1).join(", ")} and ${last} of ${of} are done.`;
}
