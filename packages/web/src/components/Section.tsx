/** A titled part of the comparison page. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './Section.module.css';

interface Props {
  readonly title: string;
  readonly hint?: ReactNode;
  /** At the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Without a surface of its own: the children bring theirs. */
  readonly bare?: boolean;
}

export function Section({ title, hint, aside, children, bare = false }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={classes.head}>
        <div>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {hint && <p className={classes.hint}>{hint}</p>}
        </div>
        {aside}
      </div>
      {bare ? children : <div className={`surface ${classes.body}`}>{children}</div>}
    </section>
  );
}
