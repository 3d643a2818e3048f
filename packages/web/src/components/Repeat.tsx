/** What is needed to repeat the run, and to take it along. */
import { Button, CopyButton } from '@mantine/core';
import { type Comparison, provenanceRows } from '@peakless/engine';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { reportUrl } from '../lib/api.ts';
import { useLanguage } from '../lib/use-language.ts';
import classes from './Repeat.module.css';
import { Section } from './Section.tsx';

const REPORTS = ['html', 'md', 'csv', 'json'] as const;

interface Props {
  readonly id: string;
  readonly comparison: Comparison;
  readonly command: string;
}

export function Repeat({ id, comparison, command }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Section title={t('repeat.title')}>
      <div className={classes.body}>
        <div>
          <h3 className={classes.label}>{t('repeat.command')}</h3>
          <div className={classes.command}>
            <code>{command}</code>
            <CopyButton value={command}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  size="xs"
                  leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
                  aria-label={t('repeat.copy')}
                  onClick={copy}
                >
                  {copied ? t('compare.copied') : t('repeat.copyShort')}
                </Button>
              )}
            </CopyButton>
          </div>
        </div>
        <div>
          <h3 className={classes.label}>{t('repeat.reports')}</h3>
          <div className={classes.reports}>
            {REPORTS.map((format) => (
              <Button
                key={format}
                component="a"
                href={reportUrl(id, format, language)}
                download
                variant={format === 'html' ? 'light' : 'default'}
                size="sm"
                leftSection={<IconDownload size={16} stroke={1.8} />}
              >
                {t(`repeat.${format}`)}
              </Button>
            ))}
          </div>
        </div>
        <dl className={`numbers ${classes.facts}`}>
          {provenanceRows(comparison, language).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}
