/** What stands where content is missing: empty, failed, not found. */
import type { ReactNode } from 'react';
import classes from './StateMessage.module.css';

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly action?: ReactNode;
  readonly tone?: 'plain' | 'bad';
}

export function StateMessage({ icon, title, hint, action, tone = 'plain' }: Props) {
  return (
    <div className={`surface ${classes.message}`} role={tone === 'bad' ? 'alert' : undefined}>
      <div className={classes.icon} data-tone={tone}>
        {icon}
      </div>
      <div className={classes.title}>{title}</div>
      {hint && <p className={classes.hint}>{hint}</p>}
      {action}
    </div>
  );
}
