/**
 * One queue whose servers become more: pods that pull from the queue of their service, as
 * Knative's activator holds it, with floors that ask for more of them. Pods start at once, but the
 * autoscaler looks at the floors every two seconds: they are asked for as much earlier as it takes
 * on average, which leaves ±1 s of a time unit of 20 s.
 */
import { timeText } from '../laws.ts';
import type { Experiment } from '../truth.ts';
import { rateText } from '../world.ts';
import { stepLoad } from './rates.ts';

/** µs per time unit. */
export const SCALED_UNIT = 20_000_000;
/** From a floor to ready pods: half a tick, then the endpoints; measured. */
const LEAD = 2_050_000;
const NO_TIME = { median: '0s' };

export interface Segment {
  readonly durationSeconds: number;
  readonly lambda_: number;
  readonly c: number;
}

/** Servers per pod: the most that all numbers of servers are multiples of. */
function serversPerPod(segments: readonly Segment[]): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return segments.reduce((common, { c }) => divisor(c, common), 0);
}

/** Instants at which the number of servers changes, time units, with the new number. */
export function additions(segments: readonly Segment[]): readonly (readonly [number, number])[] {
  let time = 0;
  return segments.flatMap(({ durationSeconds, c }, i): (readonly [number, number])[] => {
    const at = time;
    time += durationSeconds;
    return i > 0 && c !== segments[i - 1].c ? [[at, c]] : [];
  });
}

/** The world until `end`; `mean` = of a service. Time units. */
export function growingWorld(
  segments: readonly Segment[],
  end: number,
  mean: number,
): Experiment['world'] {
  const slots = serversPerPod(segments);
  const steps = segments.map(({ durationSeconds, lambda_ }) => [durationSeconds, lambda_] as const);
  const time = { dist: 'exponential', mean: timeText(mean, SCALED_UNIT) };
  const floors = additions(segments).filter(([at]) => at < end);
  return {
    load: [{ ...stepLoad(steps, SCALED_UNIT), client: { timeout: '30d' } }],
    services: { station: { time, cpuPerRequest: '1us', concurrency: slots } },
    strategies: [
      {
        kind: 'kubernetes',
        autoscaler: 'kpa',
        kpa: {
          ...{ metric: 'rps', target: 1_000_000, minScale: segments[0].c / slots },
          ...{ containerConcurrency: slots, targetBurstCapacity: -1, activatorQueue: 1_000_000 },
        },
        schedule: floors.map(([at, c]) => ({
          at: `+${Math.round(at * SCALED_UNIT) - LEAD}us`,
          minReplicas: c / slots,
        })),
        nodes: { provisioner: 'fixed', type: 'machine-128', min: 1, max: 1 },
        startup: {
          ...{ create: NO_TIME, schedule: NO_TIME, container: NO_TIME, app: NO_TIME },
          ...{ slice: NO_TIME, proxy: NO_TIME, status: '0s', proxySync: '0s' },
          ...{ startsPerNode: rateText(1000, 1_000_000), image: { size: '0MB' } },
        },
      },
    ],
  };
}
