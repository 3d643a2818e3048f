/** The figures of a strategy that a planner asks for first. */
import type { MeasureName, TableColumn } from '@peakless/engine';
import { IconCheck, IconStarFilled, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReportText } from '../lib/use-report-text.ts';
import { DifferenceMark } from './DifferenceMark.tsx';
import { Dot } from './Dot.tsx';
import classes from './ScoreCard.module.css';

interface Props {
  readonly text: ReportText;
  readonly column: TableColumn;
  readonly index: number;
}

export function ScoreCard({ text, column, index }: Props) {
  const { t } = useTranslation();
  const cell = (measure: MeasureName) =>
    text.table.rows.find((row) => row.measure === measure)?.cells[index];
  const cost = cell('cost');
  const SloIcon = column.meetsSlo ? IconCheck : IconX;
  return (
    <article className={`surface ${classes.card}`} data-recommended={column.recommended}>
      <header className={classes.head}>
        <Dot color={text.colour(column.strategy)} size={11} />
        <h3 className={classes.name}>{column.title}</h3>
        {column.recommended && (
          <span className={classes.badge}>
            <IconStarFilled size={11} aria-hidden />
            {t('verdict.recommended')}
          </span>
        )}
      </header>
      <div>
        <div className={`numbers ${classes.cost}`}>{cost?.value}</div>
        <div className={`numbers ${classes.costNote}`}>
          {cost && !column.baseline ? <DifferenceMark cell={cell('cost')} /> : null}
          {column.baseline ? t('score.baseline') : t('score.vsBaseline')}
        </div>
      </div>
      <dl className={`numbers ${classes.figures}`}>
        <dt>{t('score.slo')}</dt>
        <dd data-tone={column.meetsSlo ? 'good' : 'bad'}>
          <SloIcon
            size={15}
            stroke={2.6}
            role="img"
            aria-label={column.meetsSlo ? t('score.met') : t('score.missed')}
          />
          {cell('sloAttainment')?.value}
        </dd>
        <dt>{t('score.p99')}</dt>
        <dd>{cell('latencyP99')?.value}</dd>
        <dt>{t('score.lost')}</dt>
        <dd>{cell('lostShare')?.value}</dd>
        <dt>{t('score.used')}</dt>
        <dd>{cell('utilization')?.value}</dd>
      </dl>
    </article>
  );
}
