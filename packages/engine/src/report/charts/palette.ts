/**
 * Colours of strategies and series: each has a contrast of at least 3:1 on white and on near-black,
 * and neighbours differ in hue and blue-yellow balance, which people with red-green deficiency see.
 * The baseline is slate grey, so that the alternatives stand out against it.
 */
const BASELINE = '#7b8699';
const ALTERNATIVES = ['#2f80e0', '#d9730d', '#12997c', '#b05fc7', '#a88a00', '#d6487e'] as const;

/** The load itself, the same for every strategy. */
export const LOAD_COLOUR = '#8a8f9c';
/** Requests that are lost. */
export const LOSS_COLOUR = '#dd4b4b';

/** Strategy name → colour, in the comparison's order; colours repeat after six alternatives. */
export function strategyColours(
  names: readonly string[],
  baseline: string,
): ReadonlyMap<string, string> {
  const colours = new Map<string, string>();
  let next = 0;
  for (const name of names) {
    colours.set(name, name === baseline ? BASELINE : ALTERNATIVES[next++ % ALTERNATIVES.length]);
  }
  return colours;
}
