/**
 * PodTopologySpread with the system's default constraints, both soft: at most 3 more pods of an
 * owner on one node, at most 5 more in one zone, than elsewhere. Counts weigh the more, the more
 * nodes or zones there are.
 *
 * @source kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/scoring.go
 */
import { log } from '../../kernel/elementary.ts';
import { MAX_SCORE, type ScorePlugin } from './score.ts';

const HOSTNAME_SKEW = 3;
const ZONE_SKEW = 5;

export const podTopologySpread: ScorePlugin = {
  weight: 2,
  score: (_pod, { siblings, zoneSiblings }, { feasible, zones }) => {
    const onNode = crowding(siblings, HOSTNAME_SKEW, feasible);
    return Math.round(
      zoneSiblings === null ? onNode : onNode + crowding(zoneSiblings, ZONE_SKEW, zones),
    );
  },
  // The fewer siblings, the better.
  normalize: (score, low, high) =>
    high === 0 ? MAX_SCORE : Math.floor((MAX_SCORE * (high + low - score)) / high),
};

function crowding(pods: number, maxSkew: number, domains: number): number {
  return pods * log(domains + 2) + maxSkew - 1;
}
