/** The gallery by topic: what to open first, and what lies beside it. */
import type { GalleryEntry } from '../../server/api-types.ts';

const TOPICS = {
  sales: ['second-kill', 'good-start', 'database-limit'],
  scalers: ['keda-cron', 'knative', 'vm-group'],
  machines: ['cloud-cluster-autoscaler', 'cloud-karpenter', 'serverless', 'bare-metal', 'iaas-vms'],
  startup: ['cold-images', 'jvm-metastable'],
  traffic: ['world-cup-1998', 'two-weeks', 'chat-arrivals'],
} as const satisfies Record<string, readonly string[]>;

/** `others`: files that somebody has put beside the bundled ones. */
export type Topic = keyof typeof TOPICS | 'others';

export interface TopicEntries {
  readonly topic: Topic;
  readonly entries: readonly GalleryEntry[];
}

/** Every entry once, in the order of the topics; topics without one are left out. */
export function byTopic(entries: readonly GalleryEntry[]): readonly TopicEntries[] {
  const placed = new Set<string>();
  const groups = Object.entries(TOPICS).map(([topic, ids]): TopicEntries => {
    const found = ids.flatMap((id) => entries.filter((entry) => entry.id === id));
    for (const { id } of found) placed.add(id);
    return { topic: topic as Topic, entries: found };
  });
  const others = entries.filter(({ id }) => !placed.has(id));
  return [...groups, { topic: 'others', entries: others } as const].filter(
    (group) => group.entries.length > 0,
  );
}
