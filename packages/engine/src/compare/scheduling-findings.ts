/** What a quota stopped, and what spare room cost. */

import type { SpareRoom } from '../ledger/outcome.ts';
import type { Message, StrategyResult } from '../outcome.ts';

const REFUSALS: ReadonlySet<string> = new Set([
  'decision.quota-cpu',
  'decision.quota-memory',
  'decision.quota-pods',
]);

export function schedulingFindings(strategy: StrategyResult): readonly Message[] {
  return [...refusals(strategy), ...spareRoom(strategy)];
}

/** The first refusal per service, in replication 0. */
function refusals({ name, decisions }: StrategyResult): readonly Message[] {
  const services = new Set<string>();
  const messages: Message[] = [];
  for (const { at, service, reason } of decisions) {
    if (!REFUSALS.has(reason.key) || services.has(service)) continue;
    services.add(service);
    const { missing = 0 } = reason.params;
    messages.push({ key: 'finding.quota', params: { strategy: name, service, at, missing } });
  }
  return messages;
}

/** Means over the replications. */
function spareRoom({ name, outcomes }: StrategyResult): readonly Message[] {
  const all = outcomes.flatMap((outcome) => outcome.spareRoom ?? []);
  if (all.length === 0) return [];
  const mean = (of: (room: SpareRoom) => number) =>
    all.reduce((sum, room) => sum + of(room), 0) / all.length;
  const params = {
    strategy: name,
    share: mean(({ share }) => share),
    cost: mean(({ cost }) => cost),
    victims: mean(({ victims }) => victims),
  };
  return [{ key: 'finding.spare-room', params }];
}
