/** Why there is no result: each error of the scenario with its place and its way out. */
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ProblemBody } from '../../server/api-types.ts';
import { ApiProblem } from '../lib/api.ts';
import { useProblemText } from '../lib/use-problem-text.ts';
import classes from './ProblemView.module.css';

interface Props {
  readonly problem: ProblemBody;
  readonly onRetry?: () => void;
  /** What failed; absent = the comparison. */
  readonly title?: string;
}

export function ProblemView({ problem, onRetry, title }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const errors = problem.errors ?? [];
  const isInvalid = errors.length > 0;
  return (
    <div className={`surface ${classes.problem}`} role="alert">
      <div className={classes.head}>
        <IconAlertTriangle size={22} stroke={1.8} aria-hidden />
        <h2 className={classes.title}>
          {isInvalid ? t('run.invalid') : (title ?? t('run.failed'))}
        </h2>
        {onRetry && !isInvalid && (
          <Button variant="default" size="xs" ml="auto" flex="none" onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        )}
      </div>
      {!isInvalid && <p className={classes.detail}>{problemText(new ApiProblem(problem))}</p>}
      {isInvalid && (
        <ol className={classes.errors}>
          {errors.map((error) => (
            <li key={`${error.code} ${error.path} ${error.line} ${error.message}`}>
              <div className={classes.where}>
                {error.line !== undefined && (
                  <span className="numbers">
                    {t('run.place', { line: error.line, column: error.column ?? 1 })}
                  </span>
                )}
                {error.file && <code>{error.file}</code>}
                {error.path && <code>{error.path}</code>}
                <span className={classes.code}>{error.code}</span>
              </div>
              <div>{error.message}</div>
              {error.hint && (
                <div className={classes.hint}>{t('run.hint', { hint: error.hint })}</div>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
