/** Which strategy a list is about: one of them, by its colour and title. */
import type { StrategyResult } from '@peakless/engine';
import { useId } from 'react';
import { useLanguage } from '../lib/use-language.ts';
import type { ReportText } from '../lib/use-report-text.ts';
import { Dot } from './Dot.tsx';
import classes from './StrategyChoice.module.css';

interface Props {
  readonly strategies: readonly StrategyResult[];
  readonly chosen: string;
  readonly text: ReportText;
  /** What is chosen, for who cannot see it. */
  readonly label: string;
  readonly onChoose: (strategy: string) => void;
}

export function StrategyChoice({ strategies, chosen, text, label, onChoose }: Props) {
  const language = useLanguage();
  const group = useId();
  return (
    <fieldset className={classes.choices} aria-label={label}>
      {strategies.map(({ name, title }) => (
        <label key={name} className={classes.choice}>
          <input
            type="radio"
            name={group}
            className={classes.radio}
            checked={name === chosen}
            onChange={() => onChoose(name)}
          />
          <Dot color={text.colour(name)} />
          {title[language]}
        </label>
      ))}
    </fieldset>
  );
}
