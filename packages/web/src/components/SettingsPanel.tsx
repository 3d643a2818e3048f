/** The knobs of the scenario, seed and replications, and the run button. */
import { Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlayerPlayFilled, IconRefresh } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioSummary } from '../../server/api-types.ts';
import { type RunSearch, runKey } from '../lib/search.ts';
import classes from './SettingsPanel.module.css';
import { VariableInput } from './VariableInput.tsx';

const REPLICATIONS_MAX = 1000;

interface Props {
  readonly summary: ScenarioSummary;
  /** What the shown result was asked with. */
  readonly applied: RunSearch;
  readonly running: boolean;
  readonly onRun: (search: RunSearch) => void;
  /** Told of every change before it is run. */
  readonly onDraft: (draft: RunSearch) => void;
  /** What is shown meanwhile. */
  readonly isPreviewed: boolean;
}

/** Give it a new `key` when `applied` changes from outside, so that it starts from that. */
export function SettingsPanel({ summary, applied, running, onRun, onDraft, isPreviewed }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<RunSearch>(applied);
  useEffect(() => onDraft(draft), [draft, onDraft]);
  const isChanged = runKey(draft) !== runKey(applied);
  const isDefault = runKey(draft) === runKey({});
  const change = (part: Partial<RunSearch>) => setDraft((old) => normalized({ ...old, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRun(draft);
  };
  return (
    <form className={`surface ${classes.panel}`} onSubmit={submit}>
      <div>
        <h2 className={classes.title}>{t('compare.settings')}</h2>
        <p className={classes.hint}>
          {summary.vars.length > 0 ? t('compare.settingsHint') : t('compare.noVars')}
        </p>
      </div>
      {summary.vars.map((variable) => (
        <VariableInput
          key={variable.name}
          variable={variable}
          value={draft.set?.[variable.name] ?? String(variable.value)}
          onChange={(value) => change({ set: { ...draft.set, [variable.name]: value } })}
        />
      ))}
      <div className={classes.pair}>
        <NumberInput
          label={t('compare.replications')}
          description={t('compare.replicationsHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          min={1}
          max={REPLICATIONS_MAX}
          allowDecimal={false}
          clampBehavior="strict"
          value={draft.replications ?? summary.replications}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1) change({ replications: value });
          }}
        />
        <TextInput
          label={t('compare.seed')}
          description={t('compare.seedHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={draft.seed ?? summary.seed}
          maxLength={200}
          onChange={(event) => change({ seed: event.currentTarget.value })}
        />
      </div>
      <div className={classes.actions}>
        <p className={classes.state} role="status">
          {isChanged ? t(isPreviewed ? 'compare.previewed' : 'compare.changed') : ''}
        </p>
        <Button
          type="submit"
          size="md"
          fullWidth
          disabled={running && !isChanged}
          leftSection={<IconPlayerPlayFilled size={16} />}
        >
          {t('compare.run')}
        </Button>
        {!isDefault && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconRefresh size={15} stroke={1.8} />}
            onClick={() => {
              setDraft({});
              onRun({});
            }}
          >
            {t('compare.reset')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** An emptied field means the scenario's own value. */
function normalized({ seed, ...rest }: RunSearch): RunSearch {
  return seed === undefined || seed === '' ? rest : { ...rest, seed };
}
