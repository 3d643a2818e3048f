/** Load stages as in k6: from the rate so far to the target linearly, or at once with `jump`. */
import type { RateSegment } from './rate.ts';

export interface Stage {
  /** µs */
  readonly duration: number;
  /** Requests/s at its end. */
  readonly target: number;
  readonly jump: boolean;
}

export function stageSegments(startRate: number, stages: readonly Stage[]): RateSegment[] {
  let rate = startRate;
  return stages.map((stage) => {
    const segment = {
      duration: stage.duration,
      rate: stage.jump ? stage.target : rate,
      endRate: stage.target,
    };
    rate = stage.target;
    return segment;
  });
}
