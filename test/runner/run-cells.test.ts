import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../packages/engine/src/index.ts';
import { cellsOf, leadingResults } from '../../packages/runner/src/cells.ts';
import { runCells } from '../../packages/runner/src/pool.ts';
import type { Progress } from '../../packages/runner/src/progress.ts';
import { CellError } from '../../packages/runner/src/run-error.ts';

const WORKER = new URL('./fixtures/counting-worker.mjs', import.meta.url);

/** What the pool and the fixture read of a scenario. */
function scenarioOf(name: string, milliseconds: number, replications: number): Scenario {
  const strategies = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  return { name, seed: String(milliseconds), replications, strategies } as unknown as Scenario;
}

describe('cells', () => {
  test('go replication by replication', () => {
    expect(cellsOf(scenarioOf('x', 1, 2))).toEqual([
      { strategy: 'a', replication: 0 },
      { strategy: 'b', replication: 0 },
      { strategy: 'c', replication: 0 },
      { strategy: 'a', replication: 1 },
      { strategy: 'b', replication: 1 },
      { strategy: 'c', replication: 1 },
    ]);
  });

  test('count only up to the first gap', () => {
    expect(leadingResults([1, 2, 3])).toEqual([1, 2, 3]);
    expect(leadingResults([1, undefined, 3])).toEqual([1]);
    expect(leadingResults([undefined, 2])).toEqual([]);
    expect(leadingResults([])).toEqual([]);
  });
});

describe('runCells', () => {
  test.each([1, 2, 3])('gathers results by cell number with %i workers', async (workers) => {
    const scenario = scenarioOf('quick', 15, 4);
    const cells = cellsOf(scenario);
    const results = await runCells(scenario, cells, { workers }, WORKER);
    expect(results).toHaveLength(12);
    expect(results.map((result) => (result as unknown as { cell: unknown }).cell)).toEqual(cells);
    const threads = new Set(results.map((r) => (r as unknown as { threadId: number }).threadId));
    expect(threads.size).toBeLessThanOrEqual(workers);
    // Not in the main thread, not even with one worker: its loop must stay free for Ctrl-C.
    expect(threads.has(0)).toBe(false);
  });

  test('reports progress inside a running cell, never backwards, and the end', async () => {
    const scenario = scenarioOf('quick', 400, 1);
    const seen: Progress[] = [];
    await runCells(
      scenario,
      cellsOf(scenario).slice(0, 1),
      { workers: 1, onProgress: (progress) => seen.push(progress) },
      WORKER,
    );
    const inside = seen.filter(({ share, cellsDone }) => cellsDone === 0 && share > 0 && share < 1);
    expect(inside.length).toBeGreaterThan(2);
    expect(inside.some(({ remaining }) => remaining !== null && remaining > 0)).toBe(true);
    const shares = seen.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ cellsDone: 1, cellsTotal: 1, share: 1 });
  });

  test('stops in the middle of a cell when aborted and keeps what is finished', async () => {
    const scenario = scenarioOf('quick', 50, 200);
    const controller = new AbortController();
    const cells = cellsOf(scenario);
    let abortedAt = 0;
    const results = await runCells(
      scenario,
      cells,
      {
        workers: 2,
        signal: controller.signal,
        onProgress: ({ cellsDone }) => {
          if (cellsDone < 8 || controller.signal.aborted) return;
          abortedAt = performance.now();
          controller.abort();
        },
      },
      WORKER,
    );
    expect(performance.now() - abortedAt).toBeLessThan(1000);
    const finished = results.filter((result) => result !== undefined);
    expect(finished.length).toBeGreaterThanOrEqual(8);
    expect(finished.length).toBeLessThan(cells.length);
    expect(leadingResults(results).length).toBeGreaterThanOrEqual(6);
  });

  test('runs nothing when aborted before the start', async () => {
    const scenario = scenarioOf('quick', 50, 2);
    const results = await runCells(scenario, cellsOf(scenario), { signal: AbortSignal.abort() });
    expect(results).toEqual(new Array(6).fill(undefined));
  });

  test('a failing cell fails the whole and is named', async () => {
    const scenario = scenarioOf('failing', 5, 3);
    const run = runCells(scenario, cellsOf(scenario), { workers: 2 }, WORKER);
    await expect(run).rejects.toThrow(/^strategy [abc], replication 1: cell went wrong$/);
    await expect(run).rejects.toBeInstanceOf(CellError);
    await expect(run).rejects.toMatchObject({ code: 'E_INTERNAL' });
  });
});
