/** The planned arrival rate of a scenario as a little curve. */
import { useId } from 'react';
import classes from './Sparkline.module.css';

const WIDTH = 300;
const HEIGHT = 80;
const TOP = 8;

interface Props {
  readonly rates: readonly number[];
  /** What the curve shows, for those who do not see it. */
  readonly label: string;
}

export function Sparkline({ rates, label }: Props) {
  const gradient = useId();
  const line = linePath(rates);
  return (
    <svg
      className={classes.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <defs>
        <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" className={classes.fillTop} />
          <stop offset="1" className={classes.fillBottom} />
        </linearGradient>
      </defs>
      <path d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} fill={`url(#${gradient})`} />
      <path d={line} className={classes.line} />
    </svg>
  );
}

function linePath(rates: readonly number[]): string {
  const highest = Math.max(...rates, Number.MIN_VALUE);
  const last = Math.max(1, rates.length - 1);
  return rates
    .map((rate, index) => {
      const x = (index / last) * WIDTH;
      const y = HEIGHT - 2 - (rate / highest) * (HEIGHT - 2 - TOP);
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
