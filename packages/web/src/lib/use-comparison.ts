/**
 * One comparison as the page sees it: asked for when the request changes, followed by events, its
 * last result kept in view while a newer one is under way. Leaving withdraws what is unfinished.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  ComparisonAnswer,
  ComparisonRequest,
  ComparisonStatus,
  ProblemBody,
  ScenarioSummary,
} from '../../server/api-types.ts';
import {
  ApiProblem,
  eventsOf,
  readComparison,
  submitComparison,
  UNREACHABLE,
  withdrawComparison,
} from './api.ts';

export type Phase = 'starting' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface RunState {
  readonly phase: Phase;
  readonly status: ComparisonStatus | null;
  readonly problem: ProblemBody | null;
  /** Of the newest accepted request. */
  readonly summary: ScenarioSummary | null;
  /** The newest finished comparison: an older one while `phase` is not done. */
  readonly answer: ComparisonAnswer | null;
}

const FIRST: RunState = {
  phase: 'starting',
  status: null,
  problem: null,
  summary: null,
  answer: null,
};

type Update = (change: Partial<RunState>) => void;

/** Follows one request until it ends; the returned function leaves it. */
function follow(request: ComparisonRequest, update: Update): () => void {
  const abort = new AbortController();
  let events: EventSource | undefined;
  let open: string | undefined;

  const fail = (error: unknown) => {
    if (abort.signal.aborted) return;
    const body =
      error instanceof ApiProblem
        ? error.body
        : { status: 0, code: UNREACHABLE, title: '', detail: String(error) };
    update({ phase: 'failed', problem: body });
  };
  const finish = async (id: string) => {
    const answer = await readComparison(id, abort.signal);
    update({ phase: 'done', status: null, answer, summary: answer.summary });
  };
  const onStatus = (status: ComparisonStatus) => {
    if (status.status === 'queued' || status.status === 'running') {
      update({ phase: status.status, status });
      return;
    }
    open = undefined;
    events?.close();
    if (status.status === 'done') finish(status.id).catch(fail);
    else if (status.status === 'cancelled') update({ phase: 'cancelled', status: null });
    else {
      const { code, detail } = status.problem ?? { code: 'E_INTERNAL', detail: '' };
      update({ phase: 'failed', status: null, problem: { status: 500, title: '', code, detail } });
    }
  };
  const start = async () => {
    const submitted = await submitComparison(request, abort.signal);
    update({ summary: submitted.summary });
    if (submitted.status === 'done') return finish(submitted.id);
    open = submitted.id;
    onStatus(submitted);
    events = eventsOf(submitted.id);
    events.addEventListener('status', (event) => onStatus(JSON.parse(event.data)));
    events.addEventListener('error', () => {
      // A closed stream is final; while it is connecting, the browser tries again by itself.
      if (events?.readyState === EventSource.CLOSED) {
        fail(new ApiProblem({ status: 0, code: UNREACHABLE, title: '', detail: '' }));
      }
    });
  };

  start().catch(fail);
  return () => {
    abort.abort();
    events?.close();
    // Whether the server hears it no longer matters to a page that left.
    if (open) withdrawComparison(open).catch(() => undefined);
  };
}

export function useComparison(request: ComparisonRequest | null) {
  const [state, setState] = useState(FIRST);
  const [attempt, setAttempt] = useState(0);
  const leave = useRef<() => void>(() => undefined);
  const key = request && JSON.stringify(request);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks for the same once more
  useEffect(() => {
    if (key === null) return;
    setState((old) => ({ ...old, phase: 'starting', status: null, problem: null }));
    const update: Update = (change) => setState((old) => ({ ...old, ...change }));
    leave.current = follow(JSON.parse(key) as ComparisonRequest, update);
    return () => leave.current();
  }, [key, attempt]);

  const cancel = useCallback(() => {
    leave.current();
    leave.current = () => undefined;
    setState((old) => ({ ...old, phase: 'cancelled', status: null }));
  }, []);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...state, cancel, retry };
}
