/** What the run is doing: progress with an end in sight, or why there is none. */
import { Button, Progress } from '@mantine/core';
import { formatDuration } from '@peakless/engine';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../lib/use-comparison.ts';
import { useLanguage } from '../lib/use-language.ts';
import classes from './RunStatus.module.css';

const MILLISECOND = 1000;

interface Props {
  readonly run: RunState;
  readonly onCancel: () => void;
  /** What stays below is a preview, which says so itself. */
  readonly isPreview?: boolean;
}

export function RunStatus({ run, onCancel, isPreview = false }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const progress = run.status?.progress;
  const share = progress ? progress.share * 100 : 0;
  const line =
    run.phase === 'queued' && run.status
      ? run.status.ahead > 0
        ? t('run.queued', { count: run.status.ahead })
        : t('run.queuedNext')
      : run.phase === 'running'
        ? t('run.running')
        : t('run.starting');
  const eta =
    progress &&
    (progress.remaining === null
      ? t('run.etaUnknown')
      : t('run.eta', { time: roughly(progress.remaining, language) }));
  return (
    <div className={`surface ${classes.status}`}>
      <div className={classes.row}>
        <div className={classes.text}>
          <span className={classes.line} role="status">
            {line}
          </span>
          {progress && (
            <span className={`numbers ${classes.detail}`}>
              {t('run.cells', { done: progress.cellsDone, total: progress.cellsTotal })} · {eta}
            </span>
          )}
        </div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlayerStopFilled size={13} />}
          onClick={onCancel}
        >
          {t('compare.cancel')}
        </Button>
      </div>
      <Progress
        value={run.phase === 'running' ? Math.max(2, share) : 100}
        animated={run.phase !== 'running' || share < 2}
        striped={run.phase !== 'running'}
        color={run.phase === 'running' ? 'indigo' : 'gray'}
        size={6}
        radius="xl"
        transitionDuration={150}
        aria-label={t('run.progress')}
      />
      {run.answer && !isPreview && <p className={classes.old}>{t('run.old')}</p>}
    </div>
  );
}

/** Whole seconds: an estimate that shows tenths would lie. */
function roughly(milliseconds: number, language: 'en' | 'zh-CN'): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return formatDuration(seconds * 1000 * MILLISECOND, language);
}
