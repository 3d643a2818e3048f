/**
 * What the comparison page shows: the server's result, or a preview of settings that it has no
 * result for. While a knob is being turned a preview is computed at once; where the server is at
 * work, busy or gone, after a while.
 */
import type { Comparison } from '@peakless/engine';
import { useState } from 'react';
import type { ComparisonRequest, ScenarioSummary } from '../../server/api-types.ts';
import { type RunSearch, runKey } from './search.ts';
import type { RunState } from './use-comparison.ts';
import { type PreviewState, usePreview } from './use-preview.ts';

/** Milliseconds: shorter than a pause between two moves, longer than a step of a slider. */
const KNOB_DELAY = 200;
/** Milliseconds: what the server answers sooner needs no preview. */
const SERVER_DELAY = 1500;

interface Asked {
  readonly source: Pick<ComparisonRequest, 'scenario' | 'text' | 'name'>;
  readonly search: RunSearch;
  readonly run: RunState;
  readonly summary: ScenarioSummary | null;
}

export interface Shown {
  readonly comparison: Comparison | null;
  /** `comparison` comes from the worker. */
  readonly isPreview: boolean;
  /** `comparison` is what the settings give; else it is of older ones. */
  readonly isCurrent: boolean;
  readonly preview: PreviewState;
  /** The settings differ from those that were asked for last. */
  readonly isDraft: boolean;
  readonly draft: RunSearch;
  readonly setDraft: (draft: RunSearch) => void;
}

export function useDraftPreview({ source, search, run, summary }: Asked): Shown {
  const [draft, setDraft] = useState<RunSearch>(search);
  // One replication does not depend on how many there will be.
  const isDraft = previewKey(draft) !== previewKey(search);
  const isRefused = (run.problem?.errors ?? []).length > 0;
  const wanted = isDraft || (run.phase !== 'done' && !isRefused);
  const request = summary && {
    ...source,
    ...(draft.set && { set: draft.set }),
    seed: draft.seed ?? summary.seed,
  };
  const preview = usePreview({ request, wanted, delay: isDraft ? KNOB_DELAY : SERVER_DELAY });
  const previewed = wanted ? preview.comparison : null;
  return {
    comparison: previewed ?? run.answer?.result ?? null,
    isPreview: previewed !== null,
    isCurrent: previewed ? preview.phase === 'done' : run.phase === 'done' && !isDraft,
    preview,
    isDraft,
    draft,
    setDraft,
  };
}

function previewKey({ set, seed }: RunSearch): string {
  return runKey({ ...(set && { set }), ...(seed && { seed }) });
}
