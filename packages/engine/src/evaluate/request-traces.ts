/** The sampled requests of a run as traces: what happened to each until its end, or the run's. */
import { FAILED, FATE_UNKNOWN, LATE, REJECTED, SERVED, TIMED_OUT_COUNT } from '../flow/columns.ts';
import { type SampledRequest, sampledRequests } from '../flow/sample.ts';
import { assert } from '../kernel/assert.ts';
import type { Model } from '../model.ts';
import type { RequestFate, RequestTrace } from '../outcome.ts';

const FATES: ReadonlyMap<number, RequestFate> = new Map([
  [FATE_UNKNOWN, 'inFlight'],
  [SERVED, 'served'],
  [LATE, 'late'],
  [TIMED_OUT_COUNT, 'timedOut'],
  [REJECTED, 'rejected'],
  [FAILED, 'failed'],
]);

/** Service → traces in order of arrival; a service that no load goes to has none. */
export function requestTraces({
  services,
  horizon,
}: Pick<Model, 'services' | 'horizon'>): Readonly<Record<string, readonly RequestTrace[]>> {
  return Object.fromEntries(
    services.flatMap(({ service, plane }) =>
      plane.sample === null
        ? []
        : [
            [
              service.name,
              sampledRequests(plane.sample, horizon).map((request) => traceOf(request, horizon)),
            ],
          ],
    ),
  );
}

function traceOf(request: SampledRequest, horizon: number): RequestTrace {
  const { arrival, service, pod, start, end, fate } = request;
  const outcome = FATES.get(fate);
  assert(outcome !== undefined, `a sampled request has the fate ${fate}`);
  // Without a pod it was refused at once, or waits or gave up in the service's own queue.
  const isRefused = pod === null && end === arrival;
  return {
    arrival,
    wait: isRefused ? null : (start ?? end ?? horizon) - arrival,
    started: start !== null,
    service,
    latency: end === null ? null : end - arrival,
    pod,
    outcome,
  };
}
