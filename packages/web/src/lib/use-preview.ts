/**
 * A preview of settings that have no full comparison yet: the server resolves them, the browser
 * simulates one replication. A newer request ends an older one. What the server resolved before can
 * be simulated without it, with any seed.
 */
import type { Comparison } from '@peakless/engine';
import { useEffect, useRef, useState } from 'react';
import type { ComparisonRequest, ProblemBody, ResolvedScenario } from '../../server/api-types.ts';
import { ApiProblem, resolveScenario, UNREACHABLE } from './api.ts';
import { EngineWorker, WORKER_FAILED } from './engine-worker.ts';

export interface PreviewState {
  readonly phase: 'none' | 'waiting' | 'computing' | 'done' | 'failed';
  /** Of the work, 0..1. */
  readonly share: number;
  /** The newest one: of older settings while `phase` is not done. */
  readonly comparison: Comparison | null;
  readonly problem: ProblemBody | null;
}

/** The server is gone, and these settings are not among those that it resolved before. */
const NEVER_RESOLVED = 'E_PREVIEW_OFFLINE';

/** Settings of which the resolved scenario is kept, about 20 kB each. */
const KEPT = 50;

/** What one replication depends on; the seed is named even where it is the scenario's own. */
export type PreviewRequest = Omit<ComparisonRequest, 'replications' | 'seed'> & {
  readonly seed: string;
};

const NONE: PreviewState = { phase: 'none', share: 0, comparison: null, problem: null };

class PreviewEngine {
  private readonly worker = new EngineWorker();
  private readonly resolved = new Map<string, ResolvedScenario>();

  async compute(
    request: PreviewRequest,
    signal: AbortSignal,
    onProgress: (share: number) => void,
  ): Promise<Comparison> {
    const task = await this.resolve(request, signal);
    return this.worker.run(task, { signal, onProgress });
  }

  /** Has the worker and the scenario at hand before the first knob is turned. */
  async prepare(request: PreviewRequest, signal: AbortSignal): Promise<void> {
    await this.resolve(request, signal);
    signal.throwIfAborted();
    this.worker.prepare();
  }

  close(): void {
    this.worker.close();
  }

  private async resolve(request: PreviewRequest, signal: AbortSignal): Promise<ResolvedScenario> {
    const { seed, ...settings } = request;
    const key = JSON.stringify(settings);
    try {
      const answer = await resolveScenario(request, signal);
      this.keep(key, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.body.code !== UNREACHABLE) throw error;
      const known = this.resolved.get(key);
      if (known === undefined) throw new ApiProblem({ ...error.body, code: NEVER_RESOLVED });
      return { ...known, scenario: { ...known.scenario, seed } };
    }
  }

  private keep(key: string, answer: ResolvedScenario): void {
    this.resolved.delete(key);
    this.resolved.set(key, answer);
    const [oldest] = this.resolved.keys();
    if (this.resolved.size > KEPT && oldest !== undefined) this.resolved.delete(oldest);
  }
}

export interface PreviewOptions {
  /** Null = there is nothing to preview yet. */
  readonly request: PreviewRequest | null;
  /** Compute it; else only make sure that it can be computed, should the server go away. */
  readonly wanted: boolean;
  /** Milliseconds that a request must stay the newest before anything is done for it. */
  readonly delay: number;
}

export function usePreview({ request, wanted, delay }: PreviewOptions): PreviewState {
  const [state, setState] = useState(NONE);
  const [engine] = useState(() => new PreviewEngine());
  const key = request && JSON.stringify(request);
  // A preview under way is not started again because the next one would wait differently.
  const wait = useRef(delay);
  wait.current = delay;

  useEffect(() => {
    if (key === null) return;
    const asked = JSON.parse(key) as PreviewRequest;
    const abort = new AbortController();
    const update = (change: Partial<PreviewState>) => {
      if (!abort.signal.aborted) setState((old) => ({ ...old, ...change }));
    };
    const compute = async () => {
      update({ phase: 'computing' });
      try {
        const comparison = await engine.compute(asked, abort.signal, (share) => update({ share }));
        update({ phase: 'done', share: 1, comparison });
      } catch (error) {
        update({ phase: 'failed', comparison: null, problem: problemOf(error) });
      }
    };
    const prepare = () => {
      // What is wrong here is said when a preview is wanted.
      engine.prepare(asked, abort.signal).catch(() => undefined);
    };
    if (wanted) update({ phase: 'waiting', share: 0, problem: null });
    else setState(NONE);
    const timer = setTimeout(wanted ? compute : prepare, wait.current);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, wanted, engine]);

  useEffect(() => () => engine.close(), [engine]);
  return state;
}

function problemOf(error: unknown): ProblemBody {
  if (error instanceof ApiProblem) return error.body;
  return { status: 0, code: WORKER_FAILED, title: '', detail: String(error) };
}
