/** One variable: a slider with its exact value beside it, or a text field where no slider fits. */
import { NumberInput, Slider, TextInput } from '@mantine/core';
import { formatNumber, type Variable } from '@peakless/engine';
import { useTranslation } from 'react-i18next';
import { amountText, knobOf, readAmount } from '../lib/knob.ts';
import { useLanguage } from '../lib/use-language.ts';
import classes from './VariableInput.module.css';

interface Props {
  readonly variable: Variable;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function VariableInput({ variable, value, onChange }: Props) {
  const { t } = useTranslation();
  const label = variable.label[useLanguage()];
  const knob = knobOf(variable);
  const amount = readAmount(value);
  const range =
    variable.range && t('compare.range', { low: variable.range[0], high: variable.range[1] });
  if (!knob || !amount) {
    return (
      <TextInput
        label={label}
        description={range}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const { min, max, step, unit } = knob;
  const set = (number: number) => onChange(amountText(number, knob));
  return (
    <div className={classes.variable}>
      <div className={classes.row}>
        <label htmlFor={`var-${variable.name}`} className={classes.label}>
          {label}
        </label>
        <NumberInput
          id={`var-${variable.name}`}
          className={classes.number}
          classNames={{ input: 'numbers' }}
          size="xs"
          hideControls
          thousandSeparator=","
          suffix={unit === '' ? '' : ` ${unit}`}
          {...{ min, max, step }}
          value={amount.number}
          onChange={(number) => {
            if (typeof number === 'number') set(number);
          }}
        />
      </div>
      <Slider
        {...{ min, max, step }}
        value={amount.number}
        onChange={set}
        label={null}
        thumbLabel={label}
        size={5}
        thumbSize={18}
      />
      <div className={`numbers ${classes.range}`} aria-hidden="true">
        <span>{shown(min, unit)}</span>
        <span>{shown(max, unit)}</span>
      </div>
    </div>
  );
}

function shown(number: number, unit: string): string {
  const text = formatNumber(number, Number.isInteger(number) ? 0 : 2);
  return unit === '' ? text : `${text} ${unit}`;
}
