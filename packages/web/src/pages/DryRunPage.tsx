/** A dry run: one's own Deployment and HPA under the load of a bundled scenario. */
import { Button, NativeSelect, Skeleton } from '@mantine/core';
import type { Comparison } from '@peakless/engine';
import { IconArrowLeft, IconChartDots, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparisonRequest, GalleryEntry } from '../../server/api-types.ts';
import { Warnings } from '../components/Cautions.tsx';
import { ComparisonTable } from '../components/ComparisonTable.tsx';
import { CostBreakdown } from '../components/CostBreakdown.tsx';
import { ManifestInput } from '../components/ManifestInput.tsx';
import { OutcomeClasses } from '../components/OutcomeClasses.tsx';
import { ProblemView } from '../components/ProblemView.tsx';
import { Repeat } from '../components/Repeat.tsx';
import { RunStatus } from '../components/RunStatus.tsx';
import { StartupTimes } from '../components/StartupTimes.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { StrategySetup } from '../components/StrategySetup.tsx';
import { Verdict } from '../components/Verdict.tsx';
import { listScenarios } from '../lib/api.ts';
import { dryRunCommandOf } from '../lib/command.ts';
import type { OwnFile } from '../lib/own-file.ts';
import { byTopic } from '../lib/topics.ts';
import { useComparison } from '../lib/use-comparison.ts';
import { useLanguage } from '../lib/use-language.ts';
import { useProblemText } from '../lib/use-problem-text.ts';
import { useTitle } from '../lib/use-title.ts';
import classes from './DryRunPage.module.css';
import frame from './PageFrame.module.css';

const Charts = lazy(() => import('../charts/Charts.tsx'));

interface Asked {
  readonly manifests: OwnFile;
  readonly entry: GalleryEntry;
  readonly strategy: string | null;
}

export function DryRunPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { data, error } = useQuery({ queryKey: ['scenarios'], queryFn: listScenarios });
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = useComparison(asked && requestOf(asked));
  useTitle(t('dryRun.title'));

  const running = asked !== null && ['starting', 'queued', 'running'].includes(run.phase);
  const answer = asked === null ? null : run.answer;
  const onAsk = (next: Asked) => {
    const isSame =
      asked !== null && JSON.stringify(requestOf(next)) === JSON.stringify(requestOf(asked));
    if (isSame) run.retry();
    else setAsked(next);
  };
  return (
    <div className="page">
      <header className={frame.heading}>
        <div className={classes.crumbs}>
          <Link to="/" className={frame.back}>
            <IconArrowLeft size={16} stroke={2} aria-hidden />
            {t('compare.back')}
          </Link>
        </div>
        <h1 className={frame.title}>{t('dryRun.title')}</h1>
        <p className={frame.sentence}>{t('dryRun.sentence')}</p>
      </header>
      <div className={`${frame.columns} ${classes.columns}`}>
        <div className={`surface ${classes.form}`}>
          {error && <p role="alert">{problemText(error)}</p>}
          {data ? (
            <Form entries={data.scenarios} running={running} onAsk={onAsk} />
          ) : (
            !error && <Skeleton height={420} radius={14} />
          )}
        </div>
        <div className={classes.answer}>
          {asked === null && (
            <StateMessage
              icon={<IconChartDots size={28} stroke={1.6} />}
              title={t('dryRun.waiting')}
            />
          )}
          {running && <RunStatus run={run} onCancel={run.cancel} />}
          {asked !== null && run.problem && (
            <ProblemView problem={run.problem} onRetry={run.retry} />
          )}
          {asked !== null && answer?.result && run.phase === 'done' && (
            <DryRunResult id={answer.id} comparison={answer.result} command={commandOf(asked)} />
          )}
        </div>
      </div>
    </div>
  );
}

function requestOf({ manifests, entry, strategy }: Asked): ComparisonRequest {
  return { scenario: entry.id, manifests, ...(strategy === null ? {} : { strategy }) };
}

function commandOf({ manifests, entry, strategy }: Asked): string {
  return dryRunCommandOf(manifests.name, `scenarios/${entry.file}`, strategy, {});
}

interface FormProps {
  readonly entries: readonly GalleryEntry[];
  readonly running: boolean;
  readonly onAsk: (asked: Asked) => void;
}

function Form({ entries, running, onAsk }: FormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const usable = byTopic(entries)
    .flatMap((group) => group.entries)
    .filter(({ summary }) => summary !== null);
  const [manifests, setManifests] = useState<OwnFile>({ name: 'manifests.yaml', text: '' });
  const [id, setId] = useState<string>();
  const [strategy, setStrategy] = useState('');
  const entry = usable.find((one) => one.id === id) ?? usable[0];
  const lenders = (entry?.summary?.strategies ?? []).filter(({ kind }) => kind === 'kubernetes');
  const chosen = lenders.some(({ name }) => name === strategy) ? strategy : null;
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        if (entry) onAsk({ manifests, entry, strategy: chosen });
      }}
    >
      <ManifestInput value={manifests} onChange={setManifests} />
      <NativeSelect
        label={t('dryRun.load')}
        value={entry?.id ?? ''}
        onChange={({ currentTarget }) => setId(currentTarget.value)}
        data={usable.map((one) => ({
          value: one.id,
          label: one.summary?.title[language] ?? one.id,
        }))}
      />
      <NativeSelect
        label={t('dryRun.strategy')}
        value={chosen ?? ''}
        onChange={({ currentTarget }) => setStrategy(currentTarget.value)}
        data={[
          { value: '', label: t('dryRun.strategyNone') },
          ...lenders.map(({ name, title }) => ({
            value: name,
            label: t('dryRun.strategyOf', { name: title[language] }),
          })),
        ]}
      />
      <Button
        type="submit"
        loading={running}
        disabled={!entry || manifests.text.trim() === ''}
        leftSection={<IconPlayerPlay size={17} stroke={1.8} />}
      >
        {t('dryRun.run')}
      </Button>
    </form>
  );
}

interface ResultProps {
  readonly id: string;
  readonly comparison: Comparison;
  readonly command: string;
}

/** As of any comparison, but the traps come before the numbers. */
function DryRunResult({ id, comparison, command }: ResultProps) {
  return (
    <>
      <Verdict comparison={comparison} />
      <Warnings comparison={comparison} />
      <Suspense fallback={<Skeleton height={1180} radius={14} />}>
        <Charts comparison={comparison} />
      </Suspense>
      <ComparisonTable comparison={comparison} />
      <StartupTimes comparison={comparison} />
      <OutcomeClasses comparison={comparison} />
      <CostBreakdown comparison={comparison} />
      <StrategySetup comparison={comparison} />
      <Repeat {...{ id, comparison, command }} />
    </>
  );
}
