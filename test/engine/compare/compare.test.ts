import { test } from 'vitest';
import { sampleComparison } from '../../fixtures/comparison.ts';
test('x', () => { const c = sampleComparison(); console.log(JSON.stringify(c.verdict, null, 1), c.strategies.map(s => [s.name, s.summary])) });
