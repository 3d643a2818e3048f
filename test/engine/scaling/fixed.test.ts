import { describe, expect, it } from 'vitest';
import { remembering } from '../../../packages/engine/src/scaling/autoscaler.ts';
import { fixed } from '../../../packages/engine/src/scaling/fixed.ts';
import { hpaPods, hpaSamples } from '../../../packages/engine/src/scaling/hpa-observation.ts';

const seen = (wanted: number, floor: number) => ({
  now: 0,
  wanted,
  existing: wanted,
  floor,
  pods: hpaPods(1),
  cpu: hpaSamples(1),
});

describe('fixed replicas', () => {
  it('keep the number that was written down', () => {
    const decide = remembering(fixed());
    expect(decide(seen(7, 0)).desired).toBe(7);
    expect(decide(seen(7, 0)).reason).toEqual({ key: 'fixed.replicas', params: { desired: 7 } });
  });

  it('rise to a scheduled floor and come back to what was written, not to the floor', () => {
    const decide = remembering(fixed());
    expect(decide(seen(7, 0)).desired).toBe(7);
    expect(decide(seen(7, 40)).desired).toBe(40);
    expect(decide(seen(40, 0)).desired).toBe(7);
  });
});
