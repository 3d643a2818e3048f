/** One comparison: the verdict, the knobs beside it, and everything that backs the verdict. */
import { Button, CopyButton, Skeleton } from '@mantine/core';
import {
  IconArrowLeft,
  IconCheck,
  IconFileOff,
  IconLink,
  IconPlayerStop,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparisonRequest, ScenarioSummary } from '../../server/api-types.ts';
import { PreviewBanner } from '../components/PreviewBanner.tsx';
import { ProblemView } from '../components/ProblemView.tsx';
import { Result } from '../components/Result.tsx';
import { RunStatus } from '../components/RunStatus.tsx';
import { SettingsPanel } from '../components/SettingsPanel.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { Verdict } from '../components/Verdict.tsx';
import { ApiProblem, readScenario } from '../lib/api.ts';
import { commandOf } from '../lib/command.ts';
import { ownFile } from '../lib/own-file.ts';
import { type RunSearch, runKey } from '../lib/search.ts';
import { useComparison } from '../lib/use-comparison.ts';
import { useDraftPreview } from '../lib/use-draft-preview.ts';
import { useLanguage } from '../lib/use-language.ts';
import { useTitle } from '../lib/use-title.ts';
import classes from './ComparisonPage.module.css';
import frame from './PageFrame.module.css';

export function BundledPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/compare/$id' });
  const { data, error } = useQuery({
    queryKey: ['scenario', id],
    queryFn: () => readScenario(id),
  });
  if (error) {
    const isMissing = error instanceof ApiProblem && error.body.status === 404;
    return (
      <div className={`page ${classes.lone}`}>
        {isMissing || !(error instanceof ApiProblem) ? (
          <StateMessage
            tone="bad"
            icon={<IconFileOff size={28} stroke={1.6} />}
            title={t('compare.notFound')}
            hint={id}
            action={<BackButton />}
          />
        ) : (
          <ProblemView problem={error.body} />
        )}
      </div>
    );
  }
  return (
    <ComparisonPage
      key={id}
      source={{ scenario: id }}
      file={`scenarios/${data?.file ?? `${id}.yaml`}`}
      known={data?.summary ?? null}
    />
  );
}

export function OwnFilePage() {
  const { t } = useTranslation();
  const file = useMemo(ownFile, []);
  if (!file) {
    return (
      <div className={`page ${classes.lone}`}>
        <StateMessage
          icon={<IconFileOff size={28} stroke={1.6} />}
          title={t('compare.noFile')}
          hint={t('compare.noFileHint')}
          action={<BackButton />}
        />
      </div>
    );
  }
  return <ComparisonPage source={file} file={file.name} known={null} isOwn />;
}

function BackButton() {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/" variant="default">
      {t('notFound.home')}
    </Button>
  );
}

interface Props {
  /** The scenario: by id, or as text. */
  readonly source: Pick<ComparisonRequest, 'scenario' | 'text' | 'name'>;
  /** For the command line. */
  readonly file: string;
  /** As the file says, before any run. */
  readonly known: ScenarioSummary | null;
  readonly isOwn?: boolean;
}

function ComparisonPage({ source, file, known, isOwn = false }: Props) {
  const language = useLanguage();
  const navigate = useNavigate();
  const search: RunSearch = useSearch({ strict: false });
  const { set, seed, replications } = search;
  const run = useComparison({
    ...source,
    ...(set && { set }),
    ...(seed && { seed }),
    ...(replications && { replications }),
  });
  const summary = known ?? run.summary;
  const shown = useDraftPreview({ source, search, run, summary });
  const { comparison, isPreview, preview, draft } = shown;
  useTitle(summary?.title[language]);

  const running = ['starting', 'queued', 'running'].includes(run.phase);
  const onRun = (next: RunSearch) => {
    if (runKey(next) === runKey(search)) run.retry();
    else void navigate({ to: '.', search: ({ lang }) => ({ ...next, ...(lang && { lang }) }) });
  };
  return (
    <div className="page">
      <Heading {...{ summary, isOwn }} fallback={run.problem ? file : undefined} />
      <div className={`${frame.columns} ${classes.columns}`}>
        <div className={classes.answer}>
          {running && <RunStatus {...{ run, isPreview }} onCancel={run.cancel} />}
          {run.phase === 'cancelled' && <Cancelled onRetry={run.retry} />}
          {run.problem && <ProblemView problem={run.problem} onRetry={run.retry} />}
          <PreviewBanner
            preview={preview}
            isAsked={running && !shown.isDraft}
            replications={draft.replications ?? summary?.replications ?? 1}
          />
          <div className={classes.result} data-old={!shown.isCurrent} aria-busy={running}>
            {comparison ? <Verdict comparison={comparison} /> : running && <VerdictSkeleton />}
          </div>
        </div>
        <div className={classes.settings}>
          {summary && (
            <SettingsPanel
              key={runKey(search)}
              {...{ summary, running, onRun }}
              onDraft={shown.setDraft}
              isPreviewed={isPreview && shown.isCurrent}
              applied={{
                ...(set && { set }),
                ...(seed && { seed }),
                ...(replications && { replications }),
              }}
            />
          )}
        </div>
        {comparison && (
          <div className={`${classes.result} ${classes.rest}`} data-old={!shown.isCurrent}>
            <Result
              id={isPreview ? null : (run.answer?.id ?? null)}
              comparison={comparison}
              command={commandOf(file, search)}
            />
          </div>
        )}
      </div>
    </div>
  );
}

interface HeadingProps {
  readonly summary: ScenarioSummary | null;
  readonly isOwn: boolean;
  /** Where there will be no summary. */
  readonly fallback: string | undefined;
}

function Heading({ summary, isOwn, fallback }: HeadingProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className={frame.heading}>
      <div className={classes.crumbs}>
        <Link to="/" className={frame.back}>
          <IconArrowLeft size={16} stroke={2} aria-hidden />
          {t('compare.back')}
        </Link>
        {isOwn ? <span className={classes.own}>{t('compare.ownFile')}</span> : <ShareButton />}
      </div>
      {summary || fallback ? (
        <h1 className={frame.title}>{summary?.title[language] ?? fallback}</h1>
      ) : (
        <Skeleton height={40} width={320} maw="100%" />
      )}
      {summary && <p className={frame.sentence}>{summary.description[language]}</p>}
      {!summary && !fallback && <Skeleton height={18} width={560} maw="100%" mt={10} />}
    </div>
  );
}

function ShareButton() {
  const { t } = useTranslation();
  // Subscribes to the address, which is what is copied.
  useSearch({ strict: false });
  return (
    <CopyButton value={window.location.href}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="xs"
          radius="xl"
          leftSection={copied ? <IconCheck size={15} /> : <IconLink size={15} />}
          onClick={copy}
        >
          {copied ? t('compare.copied') : t('compare.share')}
        </Button>
      )}
    </CopyButton>
  );
}

function Cancelled({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={`surface ${classes.cancelled}`} role="status">
      <IconPlayerStop size={20} stroke={1.8} aria-hidden />
      <span>
        <b>{t('run.cancelled')}</b> {t('run.cancelledHint')}
      </span>
      <Button variant="default" size="xs" ml="auto" onClick={onRetry}>
        {t('compare.runAgain')}
      </Button>
    </div>
  );
}

function VerdictSkeleton() {
  return (
    <div className={classes.skeleton}>
      <Skeleton height={190} radius={14} />
      <div className={classes.skeletonCards}>
        {[1, 2, 3].map((place) => (
          <Skeleton key={place} height={242} radius={14} />
        ))}
      </div>
    </div>
  );
}
