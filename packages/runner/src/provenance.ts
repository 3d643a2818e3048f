/** What a result came from: the hash of its scenario, and the version that computed it. */
import { createHash } from 'node:crypto';
import {
  type ComparisonInput,
  ENGINE_MODEL,
  ENGINE_VERSION,
  type Scenario,
  toCanonicalJson,
} from '@peakless/engine';

/** SHA-256 of the canonical JSON of the resolved scenario: equal scenarios, equal hash. */
export function scenarioHash(scenario: Scenario): string {
  return createHash('sha256').update(toCanonicalJson(scenario)).digest('hex');
}

export function provenanceOf(scenario: Scenario): ComparisonInput['provenance'] {
  return {
    engineVersion: ENGINE_VERSION,
    engineModel: ENGINE_MODEL,
    scenarioHash: scenarioHash(scenario),
  };
}
