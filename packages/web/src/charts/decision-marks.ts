/** Marks on the replica chart where a decision changed the replicas. */
import type { Comparison, DecisionRow, StrategyResult } from '@peakless/engine';
import type { Chart, Plugin } from 'chart.js';

export interface DecisionMark {
  readonly key: string;
  readonly strategy: string;
  readonly row: DecisionRow;
  /** Where it is drawn: seconds, replicas wanted of all services. */
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

/** Strategies that decide something while they run. */
export function deciding({ strategies }: Comparison): readonly StrategyResult[] {
  return strategies.filter(({ decisions }) => decisions.some(({ run }) => run !== undefined));
}

export function keyOf(strategy: string, { service, at, from, to }: DecisionRow): string {
  return [strategy, service, at, from, to].join(' ');
}

export function marksOf(
  strategies: readonly StrategyResult[],
  colorOf: (strategy: string) => string,
): readonly DecisionMark[] {
  return strategies.flatMap(({ name, decisions, series }) =>
    decisions
      .filter(({ from, to }) => from !== to)
      .map((row) => ({
        key: keyOf(name, row),
        strategy: name,
        row,
        x: row.at / 1_000_000,
        y: series.columns.desired[Math.floor(row.at / series.step)] ?? row.to,
        color: colorOf(name),
      })),
  );
}

interface Shown {
  readonly marks: readonly DecisionMark[];
  readonly selected: string | null;
}

const SIZE = 4.5;

/** Triangles that point where the replicas go. */
export function decisionMarks(shown: () => Shown, surface: string): Plugin<'line'> {
  return {
    id: 'decisionMarks',
    afterDatasetsDraw: (chart) => {
      const { ctx } = chart;
      const { marks, selected } = shown();
      ctx.save();
      for (const mark of marks) {
        const size = mark.key === selected ? SIZE * 1.8 : SIZE;
        const { x, y } = placeOf(chart, mark);
        const tip = mark.row.to > mark.row.from ? -size : size;
        ctx.beginPath();
        ctx.moveTo(x - size, y - tip);
        ctx.lineTo(x + size, y - tip);
        ctx.lineTo(x, y + tip);
        ctx.closePath();
        ctx.fillStyle = mark.color;
        // A rim around each would wash out the many small steps of a slow way down.
        if (mark.key === selected) {
          ctx.strokeStyle = surface;
          ctx.lineWidth = 2;
          ctx.stroke();
        }
        ctx.fill();
      }
      ctx.restore();
    },
  };
}

export function placeOf({ scales }: Chart, { x, y }: DecisionMark): { x: number; y: number } {
  return { x: scales.x?.getPixelForValue(x) ?? 0, y: scales.y?.getPixelForValue(y) ?? 0 };
}

/** The mark under the pointer; the last one drawn lies on top. */
export function markAt(
  chart: Chart,
  marks: readonly DecisionMark[],
  x: number,
  y: number,
  reach: number,
): DecisionMark | null {
  let best: DecisionMark | null = null;
  let distance = reach;
  for (const mark of marks) {
    const place = placeOf(chart, mark);
    const away = Math.hypot(place.x - x, place.y - y);
    if (away > distance) continue;
    best = mark;
    distance = away;
  }
  return best;
}
