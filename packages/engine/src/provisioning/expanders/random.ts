/**
 * No preference: whatever the others leave is drawn from (chooseOption). The default up to release
 * 1.32.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/expander/random/random.go
 */
import type { Expander } from './expander.ts';

export const random: Expander = (options) => options;
