/**
 * Serverless pods have no nodes: each brings its own machine when it is placed (cluster/
 * serverless.ts), so there is nothing to decide.
 */
import { fixed } from './fixed.ts';

export const serverless = fixed;
