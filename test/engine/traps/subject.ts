/** A service under an HPA as the traps see it, from objects and a load as a user writes them. */
import { dryRunOfScenario, parse, type SourceMap } from '../../../packages/engine/src/index.ts';
import type { DecisionRow } from '../../../packages/engine/src/outcome.ts';
import type {
  KubernetesStrategy,
  Scenario,
} from '../../../packages/engine/src/scenario/scenario.ts';
import {
  type RunSubject,
  subjectsOf,
  type TrapSubject,
} from '../../../packages/engine/src/traps/subject.ts';
import { decodeYaml } from '../../../packages/runner/src/document.ts';
import { scenarioFiles } from '../../../packages/runner/src/scenario-files.ts';

export interface Setup {
  /** Flow maps of YAML. */
  readonly load?: string;
  readonly service?: string;
  readonly requests?: string;
  readonly limits?: string;
  /** Further fields of the container. */
  readonly container?: string;
  readonly deployment?: string;
  /** Fields of the HPA besides its target, bounds and metric. */
  readonly hpa?: string;
  readonly target?: number;
  readonly maxReplicas?: number;
  readonly minReplicas?: number;
  readonly schedule?: string;
  readonly observed?: number;
}

const decode = (text: string, version: '1.1' | '1.2') =>
  decodeYaml(text, { file: 'test.yaml', version, limit: 100_000 }).documents;

function manifests(setup: Setup = {}): string {
  const { requests = '{ cpu: 200m }', limits = '{ cpu: 500m }', container = '{}' } = setup;
  const { deployment = '{}', hpa = '{}', target = 50, maxReplicas = 10, minReplicas = 1 } = setup;
  const inner = (flow: string) =>
    flow
      .trim()
      .replace(/^\{|\}$/g, '')
      .trim();
  const more = (flow: string) => (inner(flow) === '' ? '' : `, ${inner(flow)}`);
  return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: {
  selector: {}, template: { spec: { containers: [{ name: app,
    resources: { requests: ${requests}, limits: ${limits} }${more(container)} }] } }${more(deployment)} } }
---
{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: web }, spec: {
  scaleTargetRef: { kind: Deployment, name: web, apiVersion: apps/v1 },
  minReplicas: ${minReplicas}, maxReplicas: ${maxReplicas},
  metrics: [{ type: Resource, resource: { name: cpu,
    target: { type: Utilization, averageUtilization: ${target} } } }]${more(hpa)} } }
`;
}

export async function scenarioOf(setup: Setup = {}): Promise<Scenario> {
  const { load = '{ rate: 4/s }', schedule } = setup;
  const { service = '{ time: { mean: 50ms }, cpuPerRequest: 25ms }' } = setup;
  const strategies =
    schedule === undefined
      ? ''
      : `strategies: [{ name: ahead, kind: kubernetes, schedule: ${schedule} }]\n`;
  const text = `{ apiVersion: peakless/v1, name: trap, clock: { duration: 30m },
  load: [${load}], services: { web: ${service} } }`;
  const scenario = strategies === '' ? text : `${text.slice(0, -1)}, ${strategies.trim()} }`;
  const [document] = decode(scenario, '1.2');
  const composed = dryRunOfScenario(
    document as SourceMap,
    { file: 'test.yaml', documents: decode(manifests(setup), '1.1') },
    scenarioFiles('scenarios'),
    schedule === undefined ? undefined : 'ahead',
  );
  const { files } = composed;
  const parsed = await parse(composed.document, { files, missingRequests: 'simulate' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 2));
  return parsed.scenario;
}

export async function subject(setup: Setup = {}): Promise<TrapSubject> {
  const scenario = await scenarioOf(setup);
  const strategy = scenario.strategies[0] as KubernetesStrategy;
  const [first] = subjectsOf(scenario, strategy, setup.observed);
  if (first === undefined) throw new Error('no HPA scales anything');
  return first;
}

export async function runSubject(
  decisions: readonly DecisionRow[],
  setup: Setup = {},
): Promise<RunSubject> {
  return { ...(await subject(setup)), decisions };
}

type Run = NonNullable<DecisionRow['run']>;

/** A run of equal decisions; `at` and `until` in seconds. */
export function decision(
  at: number,
  until: number,
  from: number,
  to: number,
  run: Partial<Run> = {},
): DecisionRow {
  return {
    at: at * 1e6,
    service: 'web',
    from,
    to,
    reason: { key: 'hpa.steady', params: {} },
    run: {
      until: until * 1e6,
      syncs: 1,
      metrics: [],
      proposal: [to, to],
      window: null,
      limit: null,
      ...run,
    },
  };
}
