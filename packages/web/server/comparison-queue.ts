/**
 * Comparisons asked for over HTTP: one runs at a time, the others wait in order. A finished result
 * answers every identical request (same scenario hash, seed, replications). The newest
 * `KEPT_RESULTS` finished ones are kept in memory; older ones are forgotten and run again.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Comparison, Message, Scenario } from '@peakless/engine';
import type { Progress } from '@peakless/runner';
import { Problem, type ProblemBody, problemOf } from './problem.ts';

/** About 1 MB each. */
export const KEPT_RESULTS = 24;
/** More waiting comparisons than this are refused (503). */
export const WAITING_MAX = 32;

export type Status = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export type RunComparison = (
  scenario: Scenario,
  warnings: readonly Message[],
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
) => Promise<Comparison>;

export interface Ask {
  /** Equal keys are the same comparison. */
  readonly key: string;
  readonly scenario: Scenario;
  readonly warnings: readonly Message[];
  /** What is to be said about the result besides. */
  readonly annotate?: (comparison: Comparison) => Comparison;
}

export interface Job extends Ask {
  readonly id: string;
  readonly events: EventEmitter<{ change: [] }>;
  readonly abort: AbortController;
  status: Status;
  /** Requests that still want the result. */
  wanted: number;
  progress: Progress | null;
  result: Comparison | null;
  problem: ProblemBody | null;
}

export class ComparisonQueue {
  private readonly jobs = new Map<string, Job>();
  private readonly run: RunComparison;
  private current: Promise<void> | null = null;
  private closed = false;

  constructor(run: RunComparison) {
    this.run = run;
  }

  get(id: string): Job | undefined {
    return this.jobs.get(id);
  }

  /** Comparisons that are served before this one. */
  ahead(job: Job): number {
    if (job.status !== 'queued') return 0;
    let count = 0;
    for (const other of this.jobs.values()) {
      if (other === job) break;
      if (isOpen(other)) count += 1;
    }
    return count;
  }

  /** Joins the identical comparison that is open or done, else queues a new one. */
  submit(ask: Ask): Job {
    const known = [...this.jobs.values()].find((job) => job.key === ask.key && isUsable(job));
    if (known) {
      known.wanted += 1;
      return known;
    }
    const waiting = [...this.jobs.values()].filter((job) => job.status === 'queued').length;
    if (this.closed || waiting >= WAITING_MAX) throw busy();
    const job: Job = {
      ...ask,
      id: randomUUID(),
      events: new EventEmitter<{ change: [] }>().setMaxListeners(0),
      abort: new AbortController(),
      status: 'queued',
      wanted: 1,
      progress: null,
      result: null,
      problem: null,
    };
    this.jobs.set(job.id, job);
    this.startNext();
    return job;
  }

  /** Takes one request back; the comparison stops when nobody else wants it. */
  withdraw(job: Job): void {
    job.wanted -= 1;
    if (job.wanted > 0 || !isOpen(job)) return;
    job.abort.abort();
    this.settle(job, 'cancelled');
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.jobs.values()) {
      if (!isOpen(job)) continue;
      job.abort.abort();
      this.settle(job, 'cancelled');
    }
    await this.current;
  }

  private startNext(): void {
    if (this.current) return;
    const job = [...this.jobs.values()].find(({ status }) => status === 'queued');
    if (!job) return;
    this.current = this.runJob(job).finally(() => {
      this.current = null;
      this.startNext();
    });
  }

  private async runJob(job: Job): Promise<void> {
    job.status = 'running';
    job.events.emit('change');
    try {
      const result = await this.run(job.scenario, job.warnings, {
        signal: job.abort.signal,
        onProgress: (progress) => {
          if (job.status !== 'running') return;
          job.progress = progress;
          job.events.emit('change');
        },
      });
      if (job.status !== 'running') return;
      job.result = job.annotate?.(result) ?? result;
      this.settle(job, 'done');
    } catch (error) {
      if (job.status !== 'running') return;
      job.problem = problemOf(error);
      this.settle(job, 'failed');
    }
  }

  private settle(job: Job, status: Status): void {
    job.status = status;
    job.events.emit('change');
    const finished = [...this.jobs.values()].filter((other) => !isOpen(other));
    for (const old of finished.slice(0, -KEPT_RESULTS)) this.jobs.delete(old.id);
  }
}

export function isOpen({ status }: Job): boolean {
  return status === 'queued' || status === 'running';
}

function isUsable(job: Job): boolean {
  return isOpen(job) || job.status === 'done';
}

function busy(): Problem {
  return new Problem({
    status: 503,
    code: 'E_BUSY',
    title: 'Too many comparisons are waiting',
    detail: `At most ${WAITING_MAX} comparisons wait at a time. Try again in a minute.`,
  });
}
