/** A ready pod at random: kube-proxy in iptables mode, one connection per request. */
import { indexBelow } from '../../kernel/random.ts';
import type { Pods } from '../columns.ts';

export function random(pods: Pods, draw1: number, _draw2: number): number {
  return pods.ready[indexBelow(draw1, pods.readyCount)];
}
