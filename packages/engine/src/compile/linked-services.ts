/**
 * Services that call one another, or share the users of a closed load, in groups: each group is one
 * event loop. The rates of calls, as planned, are here as well.
 */
import { drawCalls } from '../flow/arrivals.ts';
import type { Plane } from '../flow/columns.ts';
import { type CallSpec, createGroup, type LinkedGroup, linkPlane } from '../flow/links.ts';
import type { Model } from '../model.ts';
import type { Load, Scenario, Service, ServiceCall } from '../scenario/scenario.ts';
import { createLaw } from '../service/index.ts';
import { type RateCurve, scaleCurve } from '../traffic/rate.ts';
import { requestDraws } from './service-plane.ts';

const callsOf = ({ calls = [] }: Service): readonly ServiceCall[] => calls.flat();

/** Some users send to the one service now, to the other then. */
function shareUsers(loads: readonly Load[], { name: a }: Service, { name: b }: Service): boolean {
  return loads.some(
    ({ closed, route }) => closed !== undefined && (route[a] ?? 0) > 0 && (route[b] ?? 0) > 0,
  );
}

/** Some of the service's loads are closed. */
export function hasUsers({ load: loads }: Scenario, { name }: Service): boolean {
  return loads.some(({ closed, route }) => closed !== undefined && (route[name] ?? 0) > 0);
}

/** Services in the order of the scenario, those that call one another or share users together. */
export function serviceGroups({
  services,
  load: loads,
}: Scenario): readonly (readonly Service[])[] {
  const groups: Service[][] = [];
  for (const service of services) {
    const touches = (other: Service) =>
      shareUsers(loads, service, other) ||
      callsOf(service).some(({ to }) => to === other.name) ||
      callsOf(other).some(({ to }) => to === service.name);
    const near = groups.filter((group) => group.some(touches));
    const joined = [...near.flat(), service];
    joined.sort((a, b) => services.indexOf(a) - services.indexOf(b));
    groups.push(joined);
    for (const group of near) groups.splice(groups.indexOf(group), 1);
  }
  return groups;
}

/** Distinct time-outs of the calls to a service, µs; undefined = it runs by itself. */
export function callTimeouts(scenario: Scenario, service: Service): number[] | undefined {
  const group = serviceGroups(scenario).find((members) => members.includes(service)) ?? [];
  if (group.length < 2 && !hasUsers(scenario, service)) return undefined;
  const incoming = group.flatMap(callsOf).filter(({ to }) => to === service.name);
  return [...new Set(incoming.map((call) => call.timeout ?? Number.POSITIVE_INFINITY))];
}

/** Rates of a service's own loads and of the calls to it, as planned: no call fails. */
export function withCalls(
  scenario: Scenario,
  own: ReadonlyMap<string, readonly RateCurve[]>,
): ReadonlyMap<string, readonly RateCurve[]> {
  const shares = new Map<string, ReadonlyMap<RateCurve, number>>();
  // A curve stands here once, however many ways lead from it to the service: their number grows
  // with every call to the power of the depth.
  const of = (name: string): ReadonlyMap<RateCurve, number> => {
    const known = shares.get(name);
    if (known !== undefined) return known;
    const sum = new Map((own.get(name) ?? []).map((curve) => [curve, 1]));
    for (const caller of scenario.services) {
      const calls = callsOf(caller).filter(({ to }) => to === name);
      const perRequest = calls.reduce((total, { probability }) => total + probability, 0);
      if (perRequest === 0) continue;
      for (const [curve, share] of of(caller.name)) {
        sum.set(curve, (sum.get(curve) ?? 0) + perRequest * share);
      }
    }
    shares.set(name, sum);
    return sum;
  };
  const scaled = (name: string) =>
    [...of(name)].map(([curve, share]) => (share === 1 ? curve : scaleCurve(curve, share)));
  return new Map(scenario.services.map(({ name }) => [name, scaled(name)]));
}

export interface LinkedMember {
  readonly service: Service;
  readonly plane: Plane;
  /** Sources before those of its callers: its loads. */
  readonly loads: number;
  readonly timeouts: readonly number[];
}

/** Ties the planes of a group together. */
export function linkServices(
  members: readonly LinkedMember[],
  stream: Model['stream'],
): LinkedGroup {
  const group = createGroup(members.map(({ plane }) => plane));
  const callSpec = (caller: Service, call: ServiceCall, place: string): CallSpec => {
    const callee = members.findIndex(({ service }) => service.name === call.to);
    const { service, loads, timeouts } = members[callee];
    const source = loads + timeouts.indexOf(call.timeout ?? Number.POSITIVE_INFINITY);
    const from = `/from/${caller.name}/${place}`;
    const draws = requestDraws(service, createLaw(service.time), stream, from);
    return {
      callee,
      source,
      isAsync: call.isAsync,
      probability: call.probability,
      stream: stream(`call/${caller.name}/${place}`),
      inbox: drawCalls(draws, source),
      ...(call.connections === undefined ? {} : { connections: call.connections }),
    };
  };
  members.forEach(({ service }, index) => {
    const steps = (service.calls ?? []).map((step, i) =>
      step.map((call, k) => callSpec(service, call, `${i}.${k}`)),
    );
    linkPlane(group, index, steps);
  });
  return group;
}
