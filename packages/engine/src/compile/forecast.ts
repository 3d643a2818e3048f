/**
 * What predictive scaling knows of the load: the planned rates, with sales that are not in its
 * calendar, or that it misses, left at their base rate. One draw per sale, of a stream of its own.
 */
import { nextUniform } from '../kernel/random.ts';
import type { Model } from '../model.ts';
import type { Load, Strategy } from '../scenario/scenario.ts';

/** null = the strategy does not forecast. */
export function forecastLoads(
  loads: readonly Load[],
  strategy: Strategy,
  stream: Model['stream'],
): readonly Load[] | null {
  const section = strategy.kind === 'kubernetes' ? strategy.predictive : undefined;
  if (section === undefined) return null;
  return loads.map((load) => {
    const { flashSale, ...rest } = load;
    if (flashSale === undefined) return load;
    const isMissed = nextUniform(stream(`forecast/sale/${load.name}`)) < section.missed;
    return section.knownEvents && !isMissed ? load : { ...rest, rate: flashSale.base };
  });
}
