/** Thresholds that were checked, and what in the scenario is not simulated. */
import type { Comparison, ThresholdResult } from '@peakless/engine';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../lib/use-language.ts';
import { useReportText } from '../lib/use-report-text.ts';
import classes from './Cautions.module.css';
import { Section } from './Section.tsx';

export function Thresholds({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = useReportText(comparison);
  if (comparison.thresholds.length === 0) return null;
  const titles = new Map(comparison.strategies.map(({ name, title }) => [name, title[language]]));
  return (
    <Section title={t('thresholds.title')}>
      <ul className={classes.list}>
        {comparison.thresholds.map((threshold) => (
          <li key={`${threshold.measure} ${threshold.is} ${threshold.strategy}`}>
            <Result threshold={threshold} />
            <span>
              {titles.get(threshold.strategy) ?? threshold.strategy}:{' '}
              {text.label(`measure.${threshold.measure}.label`)} {threshold.is}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Result({ threshold }: { readonly threshold: ThresholdResult }) {
  const { t } = useTranslation();
  if (threshold.passed) {
    return (
      <span className={classes.result} data-tone="good">
        <IconCircleCheck size={18} stroke={1.9} aria-hidden />
        {t('thresholds.passed')}
      </span>
    );
  }
  const isWarning = threshold.level === 'warn';
  const Icon = isWarning ? IconAlertTriangle : IconCircleX;
  return (
    <span className={classes.result} data-tone={isWarning ? 'warn' : 'bad'}>
      <Icon size={18} stroke={1.9} aria-hidden />
      {isWarning ? t('thresholds.warned') : t('thresholds.failed')}
    </span>
  );
}

export function Warnings({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const text = useReportText(comparison);
  if (comparison.warnings.length === 0) return null;
  return (
    <Section title={t('warnings.title')}>
      <ul className={classes.list}>
        {comparison.warnings.map((warning) => (
          <li key={warning.key + JSON.stringify(warning.params)}>
            <span className={classes.result} data-tone="warn">
              <IconAlertTriangle size={18} stroke={1.9} aria-hidden />
            </span>
            <span>{text.message(warning)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
