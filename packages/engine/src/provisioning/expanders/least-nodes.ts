/**
 * The option with the fewest nodes: the largest machines.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/expander/leastnodes/leastnodes.go
 */
import { type Expander, least } from './expander.ts';

export const leastNodes: Expander = (options) => least(options, ({ nodes }) => nodes);
