/**
 * The arrivals of a load at one service. A Poisson process splits into independent ones, so each
 * service has a stream of its own; any other process is drawn for the whole load and routed request
 * by request, so that services share its bursts. Either way the draws of a load do not depend on
 * other loads, and only those that are routed depend on which services share it.
 */
import type { StreamState } from '../kernel/random.ts';
import type { Load } from '../scenario/scenario.ts';
import { loadCurve, POISSON, processKind } from '../traffic/index.ts';
import type { PointProcess } from '../traffic/process.ts';
import type { RateCurve } from '../traffic/rate.ts';
import { routedProcess, routePart } from '../traffic/routed.ts';

/** `curve` is the part of the load's rate that goes to `service`. */
export function loadProcess(
  load: Load,
  service: string,
  curve: RateCurve,
  horizon: number,
  stream: (path: string) => StreamState,
): PointProcess {
  const spec = load.process ?? POISSON;
  const kind = processKind(spec);
  if (spec.kind === POISSON.kind) {
    return kind.create(spec, curve, stream(`arrivals/${load.name}/${service}`));
  }
  const whole = kind.create(spec, loadCurve(load, horizon), stream(`arrivals/${load.name}`));
  const part = routePart(load.route, service);
  if (part.low === 0 && part.high === 1) return whole;
  return routedProcess(whole, part, stream(`route/${load.name}`));
}
