/** One chart with its legend, which doubles as the readout of the instant under the pointer. */
import type { ChartSpec } from '@peakless/engine';
import { formatTick, formatTimeTick, type WallClock } from '@peakless/engine';
import {
  Chart,
  type ChartConfiguration,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
} from 'chart.js';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n.ts';
import classes from './ChartCard.module.css';
import { ChartLegend } from './ChartLegend.tsx';
import type { ChartGroup } from './chart-group.ts';
import { crosshair } from './crosshair.ts';
import { type DecisionMark, decisionMarks, markAt, placeOf } from './decision-marks.ts';
import { useChartColors } from './use-chart-colors.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Filler);

export interface ChartContext {
  readonly group: ChartGroup;
  readonly clock: WallClock;
  readonly currency: string;
  readonly language: Language;
  /** The strategy that a curve belongs to; undefined = to the whole chart. */
  readonly strategyOf: (spec: ChartSpec, dataset: number) => string | undefined;
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (strategy: string) => void;
}

interface Props {
  readonly spec: ChartSpec;
  readonly context: ChartContext;
  /** Instead of the title, where the surroundings say the rest. */
  readonly heading?: ReactNode;
  readonly decisions?: Decisions;
}

/** Decisions to mark in the chart, and what to say about one of them. */
export interface Decisions {
  readonly marks: readonly DecisionMark[];
  readonly selected: string | null;
  readonly onPick: (mark: DecisionMark) => void;
  readonly render: (mark: DecisionMark) => ReactNode;
}

const NO_MARKS: Pick<Decisions, 'marks' | 'selected'> = { marks: [], selected: null };

const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -20,
  PageDown: 20,
  Home: -1e9,
  End: 1e9,
};

export function ChartCard({ spec, context, heading, decisions }: Props) {
  const { t } = useTranslation();
  const { group } = context;
  const { canvas, chart } = useChart(spec, context, decisions ?? NO_MARKS);
  const [under, setUnder] = useState<DecisionMark | null>(null);
  const points = spec.config.data.labels.length;

  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const scale = chart.current?.scales.x;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const place = [event.clientX - left, event.clientY - top] as const;
    const reach = event.pointerType === 'touch' ? 24 : 12;
    const mark =
      chart.current && decisions ? markAt(chart.current, decisions.marks, ...place, reach) : null;
    // A mark catches the pointer.
    const time = mark?.x ?? scale?.getValueForPixel(place[0]);
    if (time !== undefined) group.show(nearest(spec.config.data.labels, time));
    setUnder(mark);
    if (mark !== null && event.type === 'pointerdown') decisions?.onPick(mark);
  };
  const leave = (event: PointerEvent) => {
    group.show(null);
    // A finger that is lifted has shown what it points at.
    if (event.pointerType === 'mouse') setUnder(null);
  };
  const press = (event: KeyboardEvent) => {
    const steps = KEYS[event.key];
    if (event.key === 'Escape') {
      group.show(null);
      setUnder(null);
    }
    if (steps === undefined) return;
    event.preventDefault();
    group.move(event.shiftKey ? steps * 10 : steps, points);
  };
  return (
    <figure className={`surface ${classes.card}`}>
      <figcaption className={classes.title}>
        {heading ?? spec.title}
        {heading === undefined && (
          <span className={classes.unit}>{spec.config.options.scales.y.title.text}</span>
        )}
      </figcaption>
      <ChartLegend spec={spec} context={context} />
      <div className={classes.plot}>
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={`${describe(spec, context)} ${t('charts.keys')}`}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={leave}
          onKeyDown={press}
        />
        {under !== null && decisions !== undefined && (
          <MarkCard chart={chart} mark={under}>
            {decisions.render(under)}
          </MarkCard>
        )}
      </div>
    </figure>
  );
}

interface MarkCardProps {
  readonly chart: RefObject<Chart<'line'> | null>;
  readonly mark: DecisionMark;
  readonly children: ReactNode;
}

const CARD_WIDTH = 330;

/** The words of a mark, below the chart and within its width. */
function MarkCard({ chart, mark, children }: MarkCardProps) {
  if (chart.current === null) return null;
  const { x } = placeOf(chart.current, mark);
  const left = Math.max(0, Math.min(x - CARD_WIDTH / 2, chart.current.width - CARD_WIDTH));
  return (
    <div className={classes.mark} style={{ left, maxWidth: CARD_WIDTH }} role="status">
      {children}
    </div>
  );
}

function useChart(
  spec: ChartSpec,
  context: ChartContext,
  decisions: Pick<Decisions, 'marks' | 'selected'>,
) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<'line'> | null>(null);
  const colors = useChartColors();
  const { group, clock, currency, language, hidden, strategyOf } = context;
  const { marks, selected } = decisions;
  const shown = useRef({ marks, selected });

  useEffect(() => {
    if (!canvas.current) return;
    const config = configOf(spec, { clock, currency, language }, colors);
    const drawn = new Chart<'line'>(canvas.current, {
      ...config,
      plugins: [
        decisionMarks(() => shown.current, colors.surface),
        crosshair(group, colors.crosshair, colors.surface),
      ],
    });
    chart.current = drawn;
    group.add(drawn);
    return () => {
      group.remove(drawn);
      drawn.destroy();
    };
  }, [spec, group, clock, currency, language, colors]);

  useEffect(() => {
    const drawn = chart.current;
    if (!drawn) return;
    drawn.data.datasets.forEach((_, index) => {
      const strategy = strategyOf(spec, index);
      drawn.setDatasetVisibility(index, strategy === undefined || !hidden.has(strategy));
    });
    drawn.update('none');
  }, [spec, hidden, strategyOf]);

  useEffect(() => {
    shown.current = { marks, selected };
    chart.current?.draw();
  }, [marks, selected]);
  return { canvas, chart };
}

type Colors = ReturnType<typeof useChartColors>;
type Words = Pick<ChartContext, 'clock' | 'currency' | 'language'>;

/** The engine's plain configuration, plus what needs code: tick texts and theme colours. */
function configOf(spec: ChartSpec, words: Words, colors: Colors): ChartConfiguration<'line'> {
  const { data, options, type } = spec.config;
  const { x, y } = options.scales;
  const tick = { color: colors.text, font: { family: colors.font, size: 12 } };
  const numbers = { locale: words.language, currency: words.currency };
  const border = { display: false };
  return {
    type,
    // Chart.js writes into what it is given.
    data: structuredClone(data),
    options: {
      ...options,
      plugins: { legend: { display: false } },
      events: [],
      scales: {
        x: {
          ...x,
          border,
          grid: { display: false },
          ticks: {
            ...x.ticks,
            ...tick,
            callback: (value: string | number) => formatTimeTick(Number(value), words.clock),
          },
        },
        y: {
          ...y,
          border,
          title: { display: false },
          grid: { color: colors.grid },
          ticks: {
            ...y.ticks,
            ...tick,
            callback: (value: string | number) => formatTick(Number(value), spec.unit, numbers),
          },
        },
      } as ChartConfiguration<'line'>['options'] extends { scales?: infer S } ? S : never,
    },
  };
}

function nearest(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const here = times[middle] ?? 0;
    const next = times[middle + 1] ?? here;
    if (time - here > next - time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The chart in words: where each curve is highest. */
function describe(spec: ChartSpec, { clock, currency, language }: ChartContext): string {
  const { datasets, labels } = spec.config.data;
  const curves = datasets.map(({ label, data }) => {
    let highest = -1;
    data.forEach((value, index) => {
      if (value !== null && (highest < 0 || value > (data[highest] ?? 0))) highest = index;
    });
    const value = data[highest];
    if (value === null || value === undefined) return `${label}: –`;
    const text = formatTick(value, spec.unit, { locale: language, currency });
    return `${label}: ≤ ${text} (${formatTimeTick(labels[highest] ?? 0, clock)})`;
  });
  return `${spec.title}. ${curves.join('; ')}.`;
}
