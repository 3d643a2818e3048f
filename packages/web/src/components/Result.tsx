/** Everything below the verdict. The charts are a chunk of their own. */
import { Skeleton } from '@mantine/core';
import type { Comparison } from '@peakless/engine';
import { lazy, Suspense } from 'react';
import { Thresholds, Warnings } from './Cautions.tsx';
import { ComparisonTable } from './ComparisonTable.tsx';
import { CostBreakdown } from './CostBreakdown.tsx';
import { OutcomeClasses } from './OutcomeClasses.tsx';
import { Repeat } from './Repeat.tsx';
import { StrategySetup } from './StrategySetup.tsx';

const Charts = lazy(() => import('../charts/Charts.tsx'));

interface Props {
  readonly id: string;
  readonly comparison: Comparison;
  readonly command: string;
}

export function Result({ id, comparison, command }: Props) {
  return (
    <>
      <ComparisonTable comparison={comparison} />
      <Suspense fallback={<Skeleton height={1180} radius={14} />}>
        <Charts comparison={comparison} />
      </Suspense>
      <OutcomeClasses comparison={comparison} />
      <CostBreakdown comparison={comparison} />
      <StrategySetup comparison={comparison} />
      <Thresholds comparison={comparison} />
      <Warnings comparison={comparison} />
      <Repeat {...{ id, comparison, command }} />
    </>
  );
}
