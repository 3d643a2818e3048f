/** How long a request holds its slot, with its calls, if nothing waits anywhere. */
import { assert } from '../kernel/assert.ts';
import { createLaw } from '../service/index.ts';
import type { Service } from './scenario.ts';

/** µs on average; `known` = what has been found of services so far. */
export function holdTime(
  services: readonly Service[],
  service: Service,
  known = new Map<string, number>(),
): number {
  const found = known.get(service.name);
  if (found !== undefined) return found;
  const callee = (name: string) => {
    const called = services.find((other) => other.name === name);
    assert(called !== undefined, `no service ${name}`);
    return called;
  };
  const steps = (service.calls ?? []).map((step) =>
    step
      .filter(({ isAsync }) => !isAsync)
      .map((call) => call.probability * holdTime(services, callee(call.to), known)),
  );
  const waiting = steps.reduce((sum, step) => sum + Math.max(0, ...step), 0);
  const time = createLaw(service.time).mean + waiting;
  known.set(service.name, time);
  return time;
}
