/**
 * The closed loads of services that run together: what their users think, where they send, and what
 * their requests draw. Each of it has a stream of its own, so that a closed load shifts no draws of
 * another load.
 */
import { drawCalls } from '../flow/arrivals.ts';
import {
  type ClosedClients,
  type ClosedTarget,
  createClosedClients,
} from '../flow/closed-clients.ts';
import type { Model } from '../model.ts';
import type { Load, Scenario, Service } from '../scenario/scenario.ts';
import { createLaw } from '../service/index.ts';
import type { Law } from '../service/law.ts';
import { routePart } from '../traffic/routed.ts';
import { drawnPatience, requestDraws } from './service-plane.ts';

/** A service of the group. */
export interface ClosedMember {
  readonly service: Service;
  readonly law: Law;
  /** In the order of the service's sources. */
  readonly loads: readonly Load[];
}

/** In the order of the scenario. */
export function closedClients(
  { load: loads }: Scenario,
  members: readonly ClosedMember[],
  stream: Model['stream'],
): readonly ClosedClients[] {
  return loads.flatMap((load) => {
    const targets = targetsOf(load, members, stream);
    if (load.closed === undefined || targets.length === 0) return [];
    const { users, think, refusal } = load.closed;
    const thinking =
      think === undefined ? null : { law: createLaw(think), stream: stream(`think/${load.name}`) };
    return [
      createClosedClients({
        ...{ users, refusal, targets },
        think: thinking,
        route: stream(`route/${load.name}`),
      }),
    ];
  });
}

/** In the order of the route. */
function targetsOf(
  load: Load,
  members: readonly ClosedMember[],
  stream: Model['stream'],
): readonly ClosedTarget[] {
  return Object.keys(load.route).flatMap((name) => {
    const index = members.findIndex(({ service }) => service.name === name);
    const member = members[index];
    const source = member?.loads.indexOf(load) ?? -1;
    if (member === undefined || source < 0) return [];
    const { service, law } = member;
    const draws = requestDraws(service, law, stream, `/of/${load.name}`);
    const inbox = drawCalls(draws, source, drawnPatience(load, service, stream));
    return [{ index, source, below: routePart(load.route, name).high, inbox }];
  });
}
