/** How a strategy is set up, in words, and what its pods should request of CPU instead. */
import type { Message, StrategyResult } from '../outcome.ts';

/** The notes of the strategy, then advice on CPU requests, service by service. */
export function setupMessages({
  notes,
  cpuRequests,
}: Pick<StrategyResult, 'notes' | 'cpuRequests'>): readonly Message[] {
  const advice = Object.entries(cpuRequests).map(([service, recommended]) => {
    const { request, target, lower, upper } = recommended;
    // Beyond what is worth a name: a history of minutes bounds nothing.
    const open = upper === null || upper >= LARGEST;
    const key = `advice.cpu-request${request === null ? '-none' : ''}${open ? '-open' : ''}`;
    const params = {
      service,
      request: quantity(request ?? 0),
      target: quantity(target),
      lower: quantity(lower),
      upper: quantity(upper ?? 0),
    };
    return { key, params };
  });
  return [...notes, ...advice];
}

/** As Kubernetes writes it. */
function quantity(millicores: number): string {
  return `${millicores}m`;
}

/** Millicores. */
const LARGEST = 64_000;
