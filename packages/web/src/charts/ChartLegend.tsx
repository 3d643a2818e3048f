/** Names of the curves with their values at the instant; a strategy's name shows and hides it. */
import { type ChartSpec, formatTick } from '@peakless/engine';
import { useSyncExternalStore } from 'react';
import classes from './ChartCard.module.css';
import type { ChartContext } from './ChartCard.tsx';

interface Props {
  readonly spec: ChartSpec;
  readonly context: ChartContext;
}

export function ChartLegend({ spec, context }: Props) {
  const { group, language, currency, strategyOf, hidden, onToggle } = context;
  const instant = useSyncExternalStore(group.subscribe, group.getInstant);
  return (
    <ul className={`numbers ${classes.legend}`}>
      {spec.config.data.datasets.map((dataset, index) => {
        const strategy = strategyOf(spec, index);
        const value = instant === null ? null : dataset.data[instant];
        const text =
          typeof value === 'number'
            ? formatTick(value, spec.unit, { locale: language, currency })
            : '';
        const content = (
          <>
            <span
              className={classes.line}
              data-dashed={dataset.borderDash !== undefined}
              style={{ color: dataset.borderColor }}
            />
            <span>{dataset.label}</span>
            <b>{text}</b>
          </>
        );
        return (
          <li key={dataset.label}>
            {strategy === undefined ? (
              <span className={classes.entry}>{content}</span>
            ) : (
              <button
                type="button"
                className={classes.entry}
                aria-pressed={!hidden.has(strategy)}
                onClick={() => onToggle(strategy)}
              >
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
