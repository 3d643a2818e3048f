/**
 * What docs/validation.md says of experiments and timelines, made from stored results: numbers that
 * `pnpm validation` simulates, and that tests repeat in part.
 */
import { quantileSorted } from 'simple-statistics';
import type { Experiment, Prediction } from './experiment.ts';
import { experimentFigure } from './figure.ts';
import { EXPERIMENTS, UNREPLAYED } from './index.ts';
import { quantityRows, verdictCounts } from './rows.ts';
import { timelineFigure } from './timeline-figure.ts';
import { TIMELINES, type Timeline } from './timelines.ts';

/** Digits that are stored. */
const DIGITS = 6;
/** Share by which a median may differ. */
export const MEDIAN_ALLOWED = 0.1;

export interface ValidationResults {
  readonly engineModel: number;
  /** By experiment. */
  readonly predictions: Readonly<Record<string, Prediction>>;
  /** By timeline: seconds, replication by replication. */
  readonly timelines: Readonly<Record<string, readonly number[]>>;
}

/** As it is stored: six digits of every number. */
export function storedNumber(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
}

/** Image file below docs/images → its text. */
export function validationFigures(results: ValidationResults): ReadonlyMap<string, string> {
  const options = { locale: 'en', scheme: 'light' } as const;
  const figures = new Map<string, string>();
  for (const experiment of Object.values(EXPERIMENTS)) {
    const prediction = results.predictions[experiment.id];
    figures.set(figureOf(experiment), experimentFigure(experiment, prediction, options));
  }
  for (const timeline of TIMELINES) {
    const figure = timelineFigure(timeline, results.timelines[timeline.id], options);
    figures.set(figureOfTimeline(timeline), figure);
  }
  return figures;
}

function figureOf({ id }: Experiment): string {
  return `experiment-${id}.svg`;
}

function figureOfTimeline({ id }: Timeline): string {
  return `timeline-${id.toLowerCase()}.svg`;
}

/** The generated sections: timelines, then experiments. */
export function validationMarkdown(results: ValidationResults): string {
  return [timelineSection(results), experimentSection(results)].join('\n');
}

function timelineSection({ timelines }: ValidationResults): string {
  const rows = TIMELINES.map((timeline) => timelineRow(timeline, timelines[timeline.id]));
  const figures = TIMELINES.map(
    (timeline) => `![${timeline.title.en}](images/${figureOfTimeline(timeline)})`,
  );
  return [
    '## 8. From a burst to the first extra capacity',
    '',
    'Seconds from a burst to the first pod or VM more that serves (in the first three rows: to the decision), every case simulated as a bundled scenario. Beside it stands the same chain drawn without a simulator, the stages of the [model](model.md) added up, 100 000 draws each: whatever the simulator adds (queues, other pods, clocks that meet) would show as a difference. Medians agree within 10 %. Of E4 a few runs are missing: their boot calls timed out, and nothing came within the scenario.',
    '',
    '| Case | Runs | p5 | p50 | p90 | p99 | Drawn p5 | p50 | p90 | p99 | Median differs by |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'Sections 8 and 9 are written by `npx -y pnpm@12 validation`, which simulates all of it in some minutes; `.ci/run` holds the page against the stored numbers and simulates a part of them anew.',
    '',
    'The line is simulated, the points are the four quantiles drawn.',
    '',
    ...figures,
    '',
    'A scenario can be run as any other, with the settings of a case (`packages/engine/src/experiments/timelines.ts`):',
    '',
    '```sh',
    'npx -y pnpm@12 peakless compare scenarios/timelines/hpa.yaml --replications 20 --set probePeriod=1',
    '```',
    '',
  ].join('\n');
}

function timelineRow({ id, title, drawn }: Timeline, seconds: readonly number[]): string {
  const sorted = [...seconds].sort((a, b) => a - b);
  const simulated = [0.05, 0.5, 0.9, 0.99].map((share) => quantileSorted(sorted, share));
  const off = simulated[1] / drawn[1] - 1;
  const cells = [
    `${id}: ${title.en}`,
    String(seconds.length),
    ...simulated.map((value) => value.toFixed(value < 10 ? 1 : 0)),
    ...drawn.map(String),
    `${off < 0 ? '−' : '+'}${(100 * Math.abs(off)).toFixed(1)} %`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function experimentSection({ predictions }: ValidationResults): string {
  const counts = Object.values(predictions).map(verdictCounts);
  const within = counts.reduce((sum, one) => sum + one.within, 0);
  const judged = counts.reduce((sum, one) => sum + one.judged, 0);
  return [
    '## 9. Published experiments',
    '',
    `Measurements that others published on real clusters and clouds, each simulated as a bundled scenario. ${within} of ${judged} quantities that are judged lie within their tolerance. What was not published was fitted, to half of the data at most; each section says what, and to which part. The shape of the models was chosen with all published figures in view, so that the parts not fitted are a check, and only what is not published yet is a blind prediction. Predictions go on where the published data end.`,
    '',
    '```sh',
    'npx -y pnpm@12 peakless experiment',
    'npx -y pnpm@12 peakless experiment k8s-hpa-periodic-burst --csv',
    '```',
    '',
    ...Object.values(EXPERIMENTS).flatMap((experiment) =>
      experimentPart(experiment, predictions[experiment.id]),
    ),
    '### Not replayed',
    '',
    ...UNREPLAYED.map(({ id, source, why }) => `- ${id} (${source}): ${why.en}`),
    '',
  ].join('\n');
}

function experimentPart(experiment: Experiment, prediction: Prediction): readonly string[] {
  const { id, title, source, licence, setup, fitted, remarks, scenario } = experiment;
  const rows = quantityRows(prediction, 'en').map(
    ({ label, predicted, range, observed, observedNote, tolerance, verdict }) => {
      const note = observedNote === '' ? '' : `, ${observedNote}`;
      return `| ${label} | ${predicted} | ${range} | ${observed}${note} | ${tolerance} | ${verdict} |`;
    },
  );
  return [
    `### ${title.en}`,
    '',
    `\`${id}\`, [scenario](../scenarios/${scenario}). Source: ${source}. ${licence.en}`,
    '',
    setup.en,
    '',
    `Fitted: ${fitted.en}`,
    '',
    '| Quantity | Simulated | 5 % to 95 % | Observed | Allowed | Verdict |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `![${title.en}](images/${figureOf(experiment)})`,
    '',
    remarks.en,
    '',
  ];
}
