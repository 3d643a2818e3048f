/** How Karpenter and the providers of serverless pods are set up, in words. */
import type { NodePool } from '../model.ts';
import type { Message } from '../outcome.ts';
import type { KubernetesStrategy } from '../scenario/scenario.ts';

/** null = the strategy has nodes of another provisioner. */
export function provisionerNotes(
  { nodes }: KubernetesStrategy,
  pools: readonly NodePool[],
): Message[] | null {
  const { karpenter, serverless } = nodes;
  if (karpenter !== undefined) {
    const { policy, consolidateAfter, budgets } = karpenter;
    return pools.map(({ name, min, max, offerings }) => ({
      key: policy === 'Never' ? 'note.karpenter-never' : 'note.karpenter',
      params: {
        pool: name,
        min,
        max,
        types: [...new Set(offerings.map(({ type }) => type))].join(', '),
        policy,
        after: consolidateAfter,
        budgets: budgets?.length ?? 1,
      },
    }));
  }
  if (serverless === undefined) return null;
  const key = serverless.imageCache ? 'note.serverless-cached' : 'note.serverless';
  return [{ key, params: { rate: serverless.launchRate } }];
}
