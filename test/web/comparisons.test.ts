import { expect, test, vi } from 'vitest';
import { KEPT_RESULTS, WAITING_MAX } from '../../packages/web/server/comparison-queue.ts';
import { BROKEN, finished, heldRun, instantRun, standIn, submit, TINY } from './stand-in.ts';

test('a comparison is accepted, runs and is read', async () => {
  const app = await standIn();
  const accepted = await submit(app, { scenario: 'tiny', set: { peak: 80 }, seed: '7' });
  expect(accepted.statusCode).toBe(202);
  const { id, summary } = accepted.json();
  expect(accepted.headers.location).toBe(`/api/comparisons/${id}`);
  expect(summary).toMatchObject({ name: 'tiny', seed: '7', vars: [{ name: 'peak', value: 80 }] });
  const answer = await finished(app, id);
  expect(answer).toMatchObject({ status: 'done', problem: null });
  expect(answer.result).toMatchObject({ format: 'peakless-comparison/1', complete: true });
});

test('identical requests share one result, different ones do not', async () => {
  const run = vi.fn(instantRun);
  const app = await standIn({ run });
  const first = (await submit(app, { scenario: 'tiny', seed: '7' })).json();
  await finished(app, first.id);
  const again = (await submit(app, { scenario: 'tiny', seed: '7' })).json();
  expect(again).toMatchObject({ id: first.id, status: 'done' });
  // The same scenario as text is the same comparison.
  const text = TINY.replace('name: tiny', 'name: tiny\nseed: 7');
  expect((await submit(app, { text, name: 'mine.yaml' })).json().id).toBe(first.id);
  const other = (await submit(app, { scenario: 'tiny', seed: '8' })).json();
  expect(other.id).not.toBe(first.id);
  const more = (await submit(app, { scenario: 'tiny', seed: '7', replications: 3 })).json();
  expect(more.id).not.toBe(first.id);
  await finished(app, more.id);
  expect(run).toHaveBeenCalledTimes(3);
});

test('one runs, the others wait in order', async () => {
  const { run, release } = heldRun();
  const app = await standIn({ run });
  const ids: string[] = [];
  for (const seed of ['1', '2', '3']) {
    ids.push((await submit(app, { scenario: 'tiny', seed })).json().id);
  }
  const states = await Promise.all(ids.map((id) => app.inject(`/api/comparisons/${id}`)));
  expect(states.map((state) => state.json())).toMatchObject([
    { status: 'running', ahead: 0, progress: { cellsDone: 1, cellsTotal: 4, remaining: 3000 } },
    { status: 'queued', ahead: 1 },
    { status: 'queued', ahead: 2 },
  ]);
  release();
  expect((await finished(app, ids[2] as string)).status).toBe('done');
});

test('too many waiting comparisons are refused', async () => {
  const app = await standIn({ run: heldRun().run });
  for (let seed = 0; seed <= WAITING_MAX; seed += 1) {
    expect((await submit(app, { scenario: 'tiny', seed: `${seed}` })).statusCode).toBe(202);
  }
  const refused = await submit(app, { scenario: 'tiny', seed: 'one more' });
  expect(refused.statusCode).toBe(503);
  expect(refused.json().code).toBe('E_BUSY');
  expect(refused.headers['retry-after']).toBe('60');
});

test('old results are forgotten, the newest are kept', async () => {
  const app = await standIn();
  const ids: string[] = [];
  for (let seed = 0; seed <= KEPT_RESULTS; seed += 1) {
    const { id } = (await submit(app, { scenario: 'tiny', seed: `${seed}` })).json();
    await finished(app, id);
    ids.push(id);
  }
  expect((await app.inject(`/api/comparisons/${ids[0]}`)).statusCode).toBe(404);
  expect((await app.inject(`/api/comparisons/${ids[1]}`)).statusCode).toBe(200);
});

test('cancelling stops the run', async () => {
  const { run, aborted } = heldRun();
  const app = await standIn({ run });
  const { id } = (await submit(app, { scenario: 'tiny' })).json();
  const answer = await app.inject({ method: 'DELETE', url: `/api/comparisons/${id}` });
  expect(answer.statusCode).toBe(204);
  expect(await finished(app, id)).toMatchObject({ status: 'cancelled', result: null });
  expect(aborted).toEqual([true]);
  // Asked for again, it runs again.
  expect((await submit(app, { scenario: 'tiny' })).json().id).not.toBe(id);
});

test('a run that somebody else asked for goes on', async () => {
  const { run, release, aborted } = heldRun();
  const app = await standIn({ run });
  const { id } = (await submit(app, { scenario: 'tiny' })).json();
  expect((await submit(app, { scenario: 'tiny' })).json().id).toBe(id);
  await app.inject({ method: 'DELETE', url: `/api/comparisons/${id}` });
  release();
  expect((await finished(app, id)).status).toBe('done');
  expect(aborted).toEqual([]);
});

test('a fault of the program shows no inside of it', async () => {
  const app = await standIn({
    run: async () => {
      throw new Error('secret at /some/path.ts:12');
    },
  });
  const { id } = (await submit(app, { scenario: 'tiny' })).json();
  const answer = await finished(app, id);
  expect(answer).toMatchObject({ status: 'failed', problem: { code: 'E_INTERNAL' } });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('events follow a comparison to its end', async () => {
  const { run, release } = heldRun();
  const app = await standIn({ run });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const { id } = (await submit(app, { scenario: 'tiny' })).json();
  const response = await fetch(`${url}/api/comparisons/${id}/events`);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  release();
  const states = [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => JSON.parse(String(data)).status,
  );
  expect(states[0]).toBe('running');
  expect(states.at(-1)).toBe('done');
});

test('closing the server ends open streams and the run', async () => {
  const { run, aborted } = heldRun();
  const app = await standIn({ run });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const { id } = (await submit(app, { scenario: 'tiny' })).json();
  const response = await fetch(`${url}/api/comparisons/${id}/events`);
  const started = performance.now();
  await app.close();
  expect(await response.text()).toContain('"status":"cancelled"');
  expect(aborted).toEqual([true]);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('an invalid scenario is refused with every error in it', async () => {
  const app = await standIn();
  const answer = await submit(app, { text: BROKEN, name: 'mine.yaml' });
  expect(answer.statusCode).toBe(422);
  const problem = answer.json();
  expect(problem).toMatchObject({ code: 'E_SCENARIO', status: 422, detail: expect.any(String) });
  expect(problem.errors.length).toBeGreaterThan(1);
  for (const error of problem.errors) {
    expect(error).toMatchObject({
      code: expect.stringMatching(/^E_/),
      message: expect.any(String),
    });
    expect(error.hint).not.toBe('');
  }
  expect(problem.errors).toContainEqual(
    expect.objectContaining({ code: 'E_UNKNOWN_KEY', line: 6, column: expect.any(Number) }),
  );
});

test('a setting that fits nothing is the client’s error', async () => {
  const app = await standIn();
  const answer = await submit(app, { scenario: 'tiny', set: { peek: 80 } });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors[0].code).toMatch(/^E_/);
});

test('a text reads no file outside the folder of scenarios', async () => {
  const app = await standIn();
  const text = TINY.replace(/ {2}- flashSale.*/, '  - trace: { file: ../../../../etc/passwd }');
  const answer = await submit(app, { text, name: 'mine.yaml' });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toContainEqual(expect.objectContaining({ code: 'E_PATH' }));
  expect(answer.body).not.toContain('root:');
});

test('a hostile name stays text', async () => {
  const app = await standIn();
  const name = '<script>alert(1)</script>\r\nset-cookie: a=b.yaml';
  const accepted = await submit(app, { text: TINY, name });
  expect(accepted.statusCode).toBe(202);
  expect(accepted.headers['set-cookie']).toBeUndefined();
  const refused = await submit(app, { text: BROKEN, name });
  expect(refused.statusCode).toBe(422);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(refused.headers['x-content-type-options']).toBe('nosniff');
});

test.each([
  ['html', 'text/html', '<html lang="zh-CN"'],
  ['md', 'text/markdown', '# '],
  ['csv', 'text/csv', 'strategy,replication'],
  ['json', 'application/json', '"peakless-comparison/1"'],
])('the %s report is a download', async (format, type, content) => {
  const app = await standIn();
  const { id } = (await submit(app, { scenario: 'tiny' })).json();
  await finished(app, id);
  const report = await app.inject(`/api/comparisons/${id}/report.${format}?lang=zh-CN`);
  expect(report.statusCode).toBe(200);
  expect(report.headers['content-type']).toContain(type);
  expect(report.headers['content-disposition']).toBe(
    `attachment; filename="peakless-tiny.${format}"`,
  );
  expect(report.body).toContain(content);
});

test('there is no report before the end, nor in a format that nobody writes', async () => {
  const app = await standIn({ run: heldRun().run });
  const { id } = (await submit(app, { scenario: 'tiny' })).json();
  const early = await app.inject(`/api/comparisons/${id}/report.html`);
  expect(early.statusCode).toBe(409);
  expect(early.json().code).toBe('E_NOT_READY');
  expect((await app.inject(`/api/comparisons/${id}/report.exe`)).statusCode).toBe(404);
  expect((await app.inject('/api/comparisons/none/report.html')).statusCode).toBe(404);
  expect((await app.inject(`/api/comparisons/${id}/report.md?lang=xx`)).statusCode).toBe(400);
});
