/**
 * The HPA of a service that brings none: the API's default metric (cpu at 80 % of the request), and
 * bounds that are a modelling choice, for the API has no default maximum.
 */
import type { HpaObjectSpec } from './hpa-spec.ts';

export const DEFAULT_HPA: HpaObjectSpec = { minReplicas: 2, maxReplicas: 200 };
