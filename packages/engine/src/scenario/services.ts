/** Services: one complete description of the service time, and the pods they run in. */
import { LAWS } from '../service/index.ts';
import { DEFAULT_WORKLOAD } from './deployment.ts';
import { type CheckContext, entriesOf, isWritten, placeOf, type ServiceDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import { received, type ScenarioFiles } from './files.ts';
import type { Manifests } from './manifests.ts';
import type { Service, ServiceTime } from './scenario.ts';
import { nodeAt, type Path } from './source.ts';
import { readSamples } from './trace.ts';

/** Law → the complete ways to give it, and the fields that may be added. */
const FORMS: Readonly<
  Record<keyof typeof LAWS, { forms: readonly (readonly string[])[]; also: readonly string[] }>
> = {
  lognormal: { forms: [['mean'], ['p50', 'p99']], also: ['cv'] },
  exponential: { forms: [['mean']], also: [] },
  deterministic: { forms: [['mean']], also: [] },
  empirical: { forms: [['file']], also: [] },
};
const TIME_FIELDS = ['mean', 'cv', 'p50', 'p99', 'file'] as const;

export async function readServices(
  context: CheckContext,
  manifests: Manifests,
  files: ScenarioFiles,
): Promise<readonly (Service | undefined)[]> {
  const services = entriesOf<ServiceDraft>(context.draft.services);
  return Promise.all(
    services.map(([name, service]) => readService(name, service, context, manifests, files)),
  );
}

async function readService(
  name: string,
  service: ServiceDraft,
  context: CheckContext,
  manifests: Manifests,
  files: ScenarioFiles,
): Promise<Service | undefined> {
  const path = ['services', name];
  const before = context.reporter.diagnostics.length;
  checkForm(service, [...path, 'time'], context);
  const samples = await readTimes(service, [...path, 'time'], context, files);
  const { time, cpuPerRequest, concurrency, queue, balancer } = service;
  const dist = time?.dist;
  const complete =
    dist !== undefined &&
    cpuPerRequest !== undefined &&
    queue?.limit !== undefined &&
    balancer !== undefined;
  const broken =
    !manifests.complete ||
    TIME_FIELDS.some((field) => isBroken(context, [...path, 'time', field], time?.[field])) ||
    isBroken(context, [...path, 'concurrency'], concurrency);
  if (!complete || broken || context.reporter.diagnostics.length > before) return undefined;
  const { file: _file, ...numbers } = time as ServiceTime & { file?: string };
  const hpa = manifests.hpas.get(name)?.spec;
  return {
    name,
    time: { ...numbers, dist, ...(samples === undefined ? {} : { samples }) },
    cpuPerRequest,
    ...(concurrency === undefined ? {} : { concurrency }),
    queue: { limit: queue.limit },
    balancer,
    workload: manifests.deployments.get(name)?.workload ?? DEFAULT_WORKLOAD,
    ...(hpa === undefined ? {} : { hpa }),
  };
}

/** Written, but reported: what depends on it must not be reported as well. */
function isBroken({ root }: CheckContext, path: Path, value: unknown): boolean {
  return value === undefined && isWritten(root, path);
}

function checkForm(service: ServiceDraft, path: Path, { root, reporter }: CheckContext): void {
  const dist = service.time?.dist;
  if (dist === undefined) return;
  const { forms, also } = FORMS[dist];
  const given = TIME_FIELDS.filter((field) => isWritten(root, [...path, field]));
  const wanted = `${dist} takes ${forms.map((form) => form.join(' and ')).join(', or ')}`;
  const foreign = given.filter((f) => !also.includes(f) && !forms.some((form) => form.includes(f)));
  if (foreign.length > 0) {
    const problem = `${foreign.join(', ')} cannot describe a ${dist} time`;
    const place = placeOf(root, [...path, foreign[0]]);
    reporter.report('E_CONFLICT', place, { problem, hint: wanted });
    return;
  }
  const touched = forms.filter((form) => form.some((field) => given.some((f) => f === field)));
  if (touched.length > 1 || (given.includes('cv') && given.includes('p50'))) {
    const problem = `${given.join(', ')} say it twice`;
    reporter.report('E_CONFLICT', placeOf(root, [...path, given[1]]), { problem, hint: wanted });
    return;
  }
  const missing = (touched[0] ?? forms[0]).filter((field) => !given.some((f) => f === field));
  if (missing.length > 0) {
    const problem = `${missing.join(', ')} is missing`;
    reporter.report('E_REQUIRED', placeOf(root, path), { problem, hint: wanted });
    return;
  }
  const { p50, p99 } = service.time ?? {};
  if (p50 !== undefined && p99 !== undefined && p50 > p99) {
    const got = `p50 ${formatDuration(p50)}, p99 ${formatDuration(p99)}`;
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'p50']), {
      problem: 'p50 is above p99',
      got,
    });
  }
}

async function readTimes(
  service: ServiceDraft,
  path: Path,
  { root, reporter }: CheckContext,
  files: ScenarioFiles,
): Promise<number[] | undefined> {
  const { dist, file } = service.time ?? {};
  if (dist !== 'empirical' || file === undefined) return undefined;
  const at = [...path, 'file'];
  const table = received(await files.table(file), nodeAt(root, at).node, at, reporter);
  return table === undefined ? undefined : readSamples(table, reporter);
}

/** µs; the mean of the law that will be simulated. */
export function meanServiceTime(service: Service): number {
  return LAWS[service.time.dist](service.time).mean;
}
