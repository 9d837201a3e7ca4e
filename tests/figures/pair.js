// Ours beside its peers, in turn, so that a machine that grows slower or faster is so for all.

const ROUNDS = 5;

export const middle = (numbers) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/**
 * Measures each in turn, five rounds; gives the middle of each by its name. `measure` takes one and
 * resolves to a number.
 */
export async function inTurn(contenders, measure, rounds = ROUNDS) {
  const figures = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      figures.get(contender.name).push(await measure(contender));
    }
  }
  return new Map([...figures].map(([name, numbers]) => [name, middle(numbers)]));
}

/** One line of the table for each peer: both figures and their ratio. */
export function ratios(what, figures, unit, targets) {
  const [[, ours], ...peers] = figures;
  return peers.map(([name, theirs]) => ({
    what: `${what}, against ${name}`,
    figure: `${unit(ours)} : ${unit(theirs)} = ${(ours / theirs).toFixed(3)}`,
    target: targets[name],
  }));
}

export const perSecond = (number) => `${Math.round(number).toLocaleString("en")}/s`;
export const milliseconds = (number) => `${number.toFixed(2)} ms`;
export const kilobytes = (number) => `${(number / 1000).toFixed(1)} kB`;
