/** Calls between services: complete steps, known callees, no way back to the caller. */
import { listed } from './diagnostics.ts';
import { type CheckContext, entriesOf, isWritten, placeOf, type ServiceDraft } from './draft.ts';
import type { CallStep, Service, ServiceCall } from './scenario.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

type StepDraft = NonNullable<NonNullable<ServiceDraft['calls']>[number]>;
type CallDraft = Omit<StepDraft, 'parallel'>;

/** Undefined after a report. */
export function readCalls(
  service: ServiceDraft,
  path: Path,
  context: CheckContext,
  serviceNames: readonly string[],
): readonly CallStep[] | undefined {
  const before = context.reporter.diagnostics.length;
  const steps = (service.calls ?? []).map((step, i) =>
    readStep(step, [...path, 'calls', i], context, serviceNames),
  );
  const complete = steps.filter((step) => step !== undefined);
  const isBroken = complete.length < steps.length || context.reporter.diagnostics.length > before;
  return isBroken ? undefined : complete;
}

function readStep(
  step: StepDraft | undefined,
  path: Path,
  context: CheckContext,
  serviceNames: readonly string[],
): CallStep | undefined {
  if (step === undefined) return undefined;
  const { root, reporter } = context;
  const { parallel, ...single } = step;
  const written = Object.keys(single).filter((key) => isWritten(root, [...path, key]));
  if (!isWritten(root, [...path, 'parallel'])) {
    if (isWritten(root, [...path, 'to'])) return one(single, path, context, serviceNames);
    const hint = 'write to: <service>, or parallel: [{ to: <service> }, …]';
    reporter.report('E_REQUIRED', placeOf(root, path), { problem: 'a call needs a callee', hint });
    return undefined;
  }
  if (written.length > 0) {
    const problem = `${written.join(', ')} and parallel exclude each other`;
    const hint = `write ${written.join(', ')} in the calls of parallel`;
    reporter.report('E_CONFLICT', placeOf(root, [...path, written[0]]), { problem, hint });
    return undefined;
  }
  const calls = (parallel ?? []).map((call, i) =>
    one(call, [...path, 'parallel', i], context, serviceNames),
  );
  return calls.includes(undefined) ? undefined : calls.flatMap((call) => call ?? []);
}

function one(
  call: CallDraft | undefined,
  path: Path,
  { root, reporter }: CheckContext,
  serviceNames: readonly string[],
): CallStep | undefined {
  if (call?.to === undefined) return undefined;
  const { to, async: isAsync = false, probability = 1, timeout, connections } = call;
  if (!serviceNames.includes(to)) {
    const facts = { problem: `there is no service ${to}`, allowed: listed(serviceNames) };
    reporter.report('E_REF', placeOf(root, [...path, 'to']), {
      ...facts,
      ...didYouMean(to, serviceNames),
    });
    return undefined;
  }
  const foreign = ['timeout', 'connections'].filter((key) => isWritten(root, [...path, key]));
  if (isAsync && foreign.length > 0) {
    const fields = foreign.join(' and ');
    const problem = `nobody waits for the answer of an async call: without meaning: ${fields}`;
    const hint = `remove ${fields}, or async`;
    reporter.report('E_CONFLICT', placeOf(root, [...path, foreign[0]]), { problem, hint });
    return undefined;
  }
  const read: ServiceCall = {
    to,
    isAsync,
    probability,
    ...(timeout === undefined ? {} : { timeout }),
    ...(connections === undefined ? {} : { connections }),
  };
  return [read];
}

/** Service → the services that it calls, as written. */
function calleesOf(context: CheckContext): Map<string, readonly string[]> {
  return new Map(
    entriesOf<ServiceDraft>(context.draft.services).map(([name, { calls = [] }]) => [
      name,
      (calls ?? []).flatMap((step) =>
        [step, ...(step?.parallel ?? [])].flatMap((call) => call?.to ?? []),
      ),
    ]),
  );
}

/** Services that another one calls: no load goes there unless a route says so. */
export function calledServices(context: CheckContext): ReadonlySet<string> {
  return new Set([...calleesOf(context).values()].flat());
}

/** Service → requests that one request to it brings about in all services, itself included. */
export function requestsPerRequest(services: readonly Service[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  const of = (name: string): number => {
    const known = totals.get(name);
    if (known !== undefined) return known;
    // Meets the caller again only in a circle, which is reported elsewhere.
    totals.set(name, 1);
    const calls = services.find((service) => service.name === name)?.calls?.flat() ?? [];
    const total = calls.reduce((sum, { to, probability }) => sum + probability * of(to), 1);
    totals.set(name, total);
    return total;
  };
  for (const { name } of services) of(name);
  return totals;
}

/** A request that could come back to a service that waits for it would wait for itself. */
export function checkCycles(context: CheckContext): void {
  const callees = calleesOf(context);
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): boolean => {
    if (way.includes(name)) {
      const cycle = [...way.slice(way.indexOf(name)), name].join(' → ');
      const place = placeOf(context.root, ['services', name, 'calls']);
      context.reporter.report('E_CYCLE', place, { got: cycle });
      return false;
    }
    if (done.has(name)) return true;
    const free = (callees.get(name) ?? []).every((callee) => visit(callee, [...way, name]));
    if (free) done.add(name);
    return free;
  };
  for (const name of callees.keys()) if (!visit(name, [])) return;
}
