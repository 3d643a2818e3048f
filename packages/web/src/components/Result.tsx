/** Everything below the verdict. The charts are a chunk of their own. */
import { Skeleton } from '@mantine/core';
import type { Comparison } from '@peakless/engine';
import { lazy, memo, Suspense } from 'react';
import { Thresholds, Warnings } from './Cautions.tsx';
import { ComparisonTable } from './ComparisonTable.tsx';
import { CostBreakdown } from './CostBreakdown.tsx';
import { OutcomeClasses } from './OutcomeClasses.tsx';
import { Repeat } from './Repeat.tsx';
import { StartupTimes } from './StartupTimes.tsx';
import { StrategySetup } from './StrategySetup.tsx';

const Charts = lazy(() => import('../charts/Charts.tsx'));

interface Props {
  /** Null = the server does not have it: there are no reports of it. */
  readonly id: string | null;
  readonly comparison: Comparison;
  readonly command: string;
}

/** Many charts: drawn again for another comparison, not for every step of a progress bar. */
export const Result = memo(function Result({ id, comparison, command }: Props) {
  return (
    <>
      <ComparisonTable comparison={comparison} />
      <Suspense fallback={<Skeleton height={1180} radius={14} />}>
        <Charts comparison={comparison} />
      </Suspense>
      <StartupTimes comparison={comparison} />
      <OutcomeClasses comparison={comparison} />
      <CostBreakdown comparison={comparison} />
      <StrategySetup comparison={comparison} />
      <Thresholds comparison={comparison} />
      <Warnings comparison={comparison} />
      {id !== null && <Repeat {...{ id, comparison, command }} />}
    </>
  );
});
