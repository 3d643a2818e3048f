/**
 * The groups of the highest priority that the operator has written down.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/expander/priority/readme.md
 */
import { type Expander, least } from './expander.ts';

export const priority: Expander = (options) => least(options, (option) => -option.priority);
