/**
 * The planned rate of a load, for whatever plans before anything has been simulated: sizing,
 * standing replicas, shortfall, forecasts, previews, the budget. An open load has its rate; of a
 * closed one the rate is a result, of which no more is known beforehand than a bound: each of N
 * users sends at most once per time to think Z and least response time R, so λ ≤ N ÷ (Z + R).
 *
 * @source R. Jain, The Art of Computer Systems Performance Analysis, Wiley 1991, 33.5 and 33.6
 * (interactive response time law, bottleneck analysis)
 */
import { createLaw } from '../service/index.ts';
import { loadCurve } from '../traffic/index.ts';
import { type RateCurve, rateCurve } from '../traffic/rate.ts';
import { holdTime } from './hold-time.ts';
import type { ClosedLoad, Load, Service } from './scenario.ts';

/** Over the horizon, µs; the whole load, of which `load.route` has the services' shares. */
export function plannedCurve(load: Load, services: readonly Service[], horizon: number): RateCurve {
  const { closed } = load;
  return closed === undefined
    ? loadCurve(load, horizon)
    : closedCurve(closed, leastCycle(load, closed, services), horizon);
}

/** µs from one request of a user to his next if nothing ever waits. */
function leastCycle({ route }: Load, { think }: ClosedLoad, services: readonly Service[]): number {
  let cycle = think === undefined ? 0 : createLaw(think).mean;
  for (const service of services) {
    const share = route[service.name] ?? 0;
    if (share > 0) cycle += share * holdTime(services, service);
  }
  return cycle;
}

function closedCurve({ users }: ClosedLoad, cycle: number, horizon: number): RateCurve {
  const steps = [{ at: 0, users: 0 }, ...users, { at: horizon, users: 0 }];
  const segments = steps.slice(0, -1).map((step, i) => {
    const rate = (step.users * 1e6) / cycle;
    return { duration: steps[i + 1].at - step.at, rate, endRate: rate };
  });
  return rateCurve(segments, horizon);
}

/** Most users at work at once. */
export function mostUsers({ users }: ClosedLoad): number {
  return users.reduce((most, step) => Math.max(most, step.users), 0);
}
