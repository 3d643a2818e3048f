/**
 * Charts that are read together: one instant, one set of shown strategies. The instant changes with
 * every move of the pointer, so canvases are redrawn directly, once per frame; React renders only
 * the readouts.
 */
import type { Chart } from 'chart.js';

type Listener = () => void;

export class ChartGroup {
  /** Place of the instant among the points of every chart; null = none. */
  instant: number | null = null;
  private readonly charts = new Set<Chart>();
  private readonly listeners = new Set<Listener>();
  private frame = 0;

  readonly subscribe = (listener: Listener): Listener => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getInstant = (): number | null => this.instant;

  add(chart: Chart): void {
    this.charts.add(chart);
  }

  remove(chart: Chart): void {
    this.charts.delete(chart);
  }

  show(instant: number | null): void {
    if (instant === this.instant) return;
    this.instant = instant;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      for (const chart of this.charts) chart.draw();
      for (const listener of this.listeners) listener();
    });
  }

  /** Moves the instant by keyboard; from nowhere it starts in the middle. */
  move(steps: number, points: number): void {
    const from = this.instant ?? Math.floor(points / 2);
    this.show(Math.min(points - 1, Math.max(0, from + steps)));
  }
}
