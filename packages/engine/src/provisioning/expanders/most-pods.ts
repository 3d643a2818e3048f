/**
 * The option that places the most pods.
 *
 * @source kubernetes/autoscaler, cluster-autoscaler/expander/mostpods/mostpods.go
 */
import { type Expander, least } from './expander.ts';

export const mostPods: Expander = (options) =>
  least(options, ({ podsOfGroup }) => -podsOfGroup.reduce((sum, pods) => sum + pods, 0));
