/** What a declared custom metric must hold with the rest: its service, samples for its window. */
import { CUSTOM_MEASURES } from '../cluster/custom-measures.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, entriesOf, placeOf } from './draft.ts';
import { formatDuration } from './durations.ts';
import { didYouMean } from './suggest.ts';

/** A rate is a difference of two samples, a mean needs one. */
const LEAST_SAMPLES = { counter: 2, gauge: 1 } as const;

export function checkCustomMetrics(
  { draft, root, reporter }: CheckContext,
  serviceNames: readonly string[],
): void {
  for (const [name, metric] of entriesOf(draft.kubernetes?.metrics?.custom)) {
    const path = ['kubernetes', 'metrics', 'custom', name];
    const { measure, service, window, resolution } = metric;
    if (service !== undefined && !serviceNames.includes(service)) {
      const facts = { problem: `there is no service ${service}`, allowed: listed(serviceNames) };
      const place = placeOf(root, [...path, 'service']);
      reporter.report('E_REF', place, { ...facts, ...didYouMean(service, serviceNames) });
    }
    if (measure === undefined || window === undefined || resolution === undefined) continue;
    const samples = LEAST_SAMPLES[CUSTOM_MEASURES[measure].kind];
    if (window >= samples * resolution) continue;
    reporter.report('E_RANGE', placeOf(root, [...path, 'window']), {
      problem: `a window of ${name} may hold fewer than ${samples} sample${samples === 1 ? '' : 's'}, and then has no value`,
      got: formatDuration(window),
      allowed: `${formatDuration(samples * resolution)} or more, with a resolution of ${formatDuration(resolution)}`,
    });
  }
}
