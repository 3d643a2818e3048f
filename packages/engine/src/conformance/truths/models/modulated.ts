/**
 * Arrivals whose rate jumps between two states: counts within windows. Who serves them does not
 * matter: one slot without a queue.
 */
import { SLACK } from '../compared.ts';
import { type Compared, numberOf, run, type Seen, type Truth, type TruthPlan } from '../truth.ts';
import { patientClient, rateText, worldOf } from '../world.ts';

const SECOND = 1_000_000;
/** Longest run with a row of the series each second. */
const ROWS = 3600;
/** A mean is known sooner than a variance, and both sooner than that of long windows. */
const PRECISION = { mean: 0.003, dispersion: 0.02 } as const;

const rows = ({ cell }: Seen) => cell.series.columns.offered;

/** Mean and mean square of the counts in windows of `length` seconds, one after another. */
function countsIn(seen: Seen, length: number): readonly number[] {
  const offered = rows(seen);
  const windows = Math.floor(offered.length / length);
  let [sum, squares] = [0, 0];
  for (let window = 0; window < windows; window++) {
    let count = 0;
    for (let row = window * length; row < (window + 1) * length; row++) count += offered[row] ?? 0;
    sum += count;
    squares += count * count;
  }
  return [sum / windows, squares / windows];
}

export function modulated({ params, results }: Truth): TruthPlan {
  const [rate0, rate1] = [numberOf(params, 'rate0'), numberOf(params, 'rate1')];
  // r01: from state 0 to state 1.
  const [stay0, stay1] = [1 / numberOf(params, 'r01'), 1 / numberOf(params, 'r10')];
  const mean = (rate0 * stay0 + rate1 * stay1) / (stay0 + stay1);
  const dispersions = Object.entries(Object(results.indexOfDispersion) as Record<string, number>);
  const longest = Math.max(1, ...dispersions.map(([length]) => Number(length)));
  const world = worldOf({
    load: {
      rate: rateText(mean, SECOND),
      process: {
        kind: 'mmpp',
        factors: [rate0, rate1],
        sojourns: [stay0, stay1].map((stay) => `${Math.round(stay * SECOND)}us`),
      },
      client: patientClient(1, SECOND),
    },
    time: { dist: 'deterministic', mean: '1s' },
    slots: 1,
    queueLimit: 0,
  });
  const meanRate: Compared = {
    key: 'meanRate',
    exact: numberOf(results, 'meanRate'),
    estimator: 'mean',
    share: 0,
    of: (seen) => [seen.cell.outcome.counts.offered / seen.span],
    precision: PRECISION.mean,
    resolution: 0,
    slack: SLACK.value,
  };
  const compared = dispersions.map(
    ([length, exact]): Compared => ({
      key: `indexOfDispersion.${length}`,
      exact,
      estimator: 'dispersion',
      share: 0,
      of: (seen) => countsIn(seen, Number(length)),
      precision: PRECISION.dispersion,
      resolution: 0,
      slack: SLACK.value,
    }),
  );
  const length = Math.max(1, Math.floor(ROWS / longest)) * longest;
  const common = { label: '', unit: SECOND, warmup: 0, stationary: false };
  return run([{ ...common, length, world, compared: [meanRate, ...compared] }]);
}
