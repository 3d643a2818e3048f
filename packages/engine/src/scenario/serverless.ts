/** Section `nodes.serverless` of a strategy: its pods have prices and sizes, and need no nodes. */
import type { PriceBook } from '../finance/price-book.ts';
import { type CheckContext, placeOf, type StrategyDraft } from './draft.ts';
import { checkSection } from './karpenter.ts';
import type { Service } from './scenario.ts';
import type { Path } from './source.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;

interface Known {
  /** Those that strategies scale. */
  readonly services: readonly Service[];
  readonly book: PriceBook | undefined;
}

/** `path`: of the strategy. */
export function checkServerless(
  strategy: Kubernetes,
  path: Path,
  context: CheckContext,
  { services, book }: Known,
): void {
  const { root, reporter } = context;
  const nodesPath = [...path, 'nodes'];
  if (checkSection('serverless', strategy.nodes?.provisioner, nodesPath, context)) return;
  const section = [...nodesPath, 'serverless'];
  if (strategy.overprovisioning !== undefined) {
    const problem = 'pause pods hold room on nodes, and serverless pods have none';
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'overprovisioning']), { problem });
  }
  checkPrices(strategy, path, context, book);
  const { quota } = strategy.nodes?.serverless ?? {};
  const sidecar = strategy.startup?.security?.sidecar?.cpuRequest ?? 0;
  for (const { name, workload } of services) {
    const { cpuRequest } = workload;
    const where = { at: placeOf(root, ['services', name]).at, path: ['services', name] };
    if (cpuRequest === null || cpuRequest === 0) {
      const problem = `a serverless pod is as large as its request, and ${name} requests no CPU`;
      const hint = 'set resources.requests.cpu in its Deployment';
      reporter.report('E_REQUIRED', where, { problem, hint });
    } else if (quota !== undefined && quota < cpuRequest + sidecar) {
      reporter.report('E_RANGE', placeOf(root, [...section, 'quota']), {
        problem: `no pod of ${name} may run`,
        got: `a quota of ${quota}m, a request of ${cpuRequest + sidecar}m`,
      });
    }
  }
}

function checkPrices(
  { billing }: Kubernetes,
  path: Path,
  { root, reporter }: CheckContext,
  book: PriceBook | undefined,
): void {
  if (book !== undefined && book.pods === undefined) {
    reporter.report('E_PRICE', placeOf(root, [...path, 'nodes', 'provisioner']), {
      problem: `the price book ${book.name} has no prices of serverless pods`,
      hint: 'add prices.pods: { cpuPerHour, memoryPerHour, source }',
    });
  }
  if (billing === undefined || billing === 'on-demand') return;
  reporter.report('E_PRICE', placeOf(root, [...path, 'billing']), {
    problem: `serverless pods have no ${billing} price`,
    allowed: 'on-demand',
  });
}
