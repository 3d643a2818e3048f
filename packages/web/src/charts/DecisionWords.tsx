/** One decision in words: its head, and line by line how it came about. */
import { type DecisionRow, type ExplainContext, explainDecision } from '@peakless/engine';
import { Dot } from '../components/Dot.tsx';
import classes from './DecisionWords.module.css';

interface Props {
  readonly row: DecisionRow;
  readonly context: ExplainContext;
  readonly color: string;
  /** Strategy or service, where the surroundings do not say it. */
  readonly names: readonly string[];
}

export function DecisionHead({ row, context, color, names }: Props) {
  const { time, replicas, syncs } = explainDecision(row, context);
  return (
    <span className={`numbers ${classes.head}`}>
      <b className={classes.time}>{time}</b>
      <span className={classes.name}>
        <Dot color={color} />
        {names.join(' · ')}
      </span>
      <b>{replicas}</b>
      <span className={classes.syncs}>{syncs}</span>
    </span>
  );
}

export function DecisionLines({ row, context }: Pick<Props, 'row' | 'context'>) {
  const { lines } = explainDecision(row, context);
  return (
    <dl className={`numbers ${classes.lines}`}>
      {lines.map(({ label, text }) => (
        <div key={label + text} className={classes.line}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
