/** Says that what is shown is a preview, of what, and how to get the full comparison. */
import { Loader } from '@mantine/core';
import { IconEyeBolt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PreviewState } from '../lib/use-preview.ts';
import classes from './PreviewBanner.module.css';
import { ProblemView } from './ProblemView.tsx';

interface Props {
  readonly preview: PreviewState;
  /** Of the full comparison. */
  readonly replications: number;
  /** The server is at work on it. */
  readonly isAsked: boolean;
}

export function PreviewBanner({ preview, replications, isAsked }: Props) {
  const { t } = useTranslation();
  const { phase, share, problem } = preview;
  if (problem) return <ProblemView problem={problem} title={t('preview.failed')} />;
  if (phase !== 'computing' && preview.comparison === null) return null;
  const isBusy = phase === 'computing';
  return (
    <div className={`surface ${classes.banner}`} role="status" aria-busy={isBusy}>
      {isBusy ? (
        <Loader size={20} aria-hidden />
      ) : (
        <IconEyeBolt size={20} stroke={1.8} aria-hidden />
      )}
      <p className={classes.text}>
        <b>{isBusy ? t('preview.computing') : t('preview.title')}</b>{' '}
        {isAsked ? t('preview.hintAsked') : t('preview.hint', { replications })}
      </p>
      <div className={classes.bar} style={{ inlineSize: isBusy ? `${share * 100}%` : 0 }} />
    </div>
  );
}
