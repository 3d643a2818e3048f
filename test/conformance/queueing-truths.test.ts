/**
 * Exact results of queueing theory by simulation through the public pipeline, as
 * `peakless conformance` checks them (README.md), but coarsely: a standard error may be five times
 * what the rule asks for, so that all of it fits into half a minute. Cases that need more requests
 * even so are checked by the command alone.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { runVectors } from '../../packages/engine/src/conformance/index.ts';
import { planTruth } from '../../packages/engine/src/conformance/truths/models/index.ts';
import {
  localRounds,
  runTruth,
  type TruthResult,
} from '../../packages/engine/src/conformance/truths/run.ts';
import type { Truth } from '../../packages/engine/src/conformance/truths/truth.ts';

const file = new URL('./queueing-truths.json', import.meta.url);
const document = JSON.parse(readFileSync(file, 'utf8'));
const truths = document.cases as readonly Truth[];

const EFFORT = { maxRequests: 3_000_000, coarseness: 5 };
const SKIPPED_MAX = 0.15;

const run = (truth: Truth): Promise<TruthResult> => runTruth(truth, EFFORT, localRounds(truth));

function truthOf(id: string): Truth {
  const found = truths.find((truth) => truth.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

/** One or more of each model, cheap ones. */
const CHEAP = [
  'mm1-rho0.5',
  'mg1-hyperexp2-scv4-rho0.5',
  'mg1-deterministic-rho0.5',
  'mg1-pareto-a3.5-rho0.5',
  'mdc-c5-rho0.9',
  'erlangb-a5-c5',
  'erlangb-a10-c15',
  'mmck-la0.8-c1-K5',
  'mmck-la2-c1-K10',
  'erlanga-la9-c10-th1',
  'fluid-burst-fixed',
  'mgcps-c4-rho0.8',
  'roundrobin-n2-rho0.8',
  'jsq2-rho0.5',
  'jackson-feedback',
  'closed-N5-Z0.55-st1',
  'finite-source-N100-c4',
];

/** The first times of a truth: those that follow cost ten times as much. */
function early(truth: Truth): Truth {
  const t = (truth.results.t as number[]).filter((time) => time <= 61);
  const meanInSystem = (truth.results.meanInSystem as number[]).slice(0, t.length);
  return { ...truth, results: { t, meanInSystem } };
}

const UNLIMITED = truths.filter(({ model }) => model.startsWith('M(t)/G/infinity'));

/** Up to t = 5. */
function firstSamples(truth: Truth): Truth {
  const samples = (truth.results.samples as { t: number }[]).filter(({ t }) => t <= 5);
  return { ...truth, results: { samples } };
}

describe('a model that can be simulated', () => {
  it.each(CHEAP)('%s', async (id) => {
    const { status, reason, results } = await run(truthOf(id));
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect({ status, reason }).toEqual({ status: 'passed', reason: null });
    expect(results.length).toBeGreaterThan(0);
  });
});

describe('a transient', () => {
  it.each(UNLIMITED)('$id', async (truth) => {
    const { results } = await run(early(truth));
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(results).toHaveLength(3);
  });

  it.each(['transient-mm1-empty-rho0.8', 'transient-mm1-overload'])('%s', async (id) => {
    const { results } = await run(firstSamples(truthOf(id)));
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    // Numbers, areas, the share of time in which all are busy, and a quantile, at each time.
    expect(results.length % 6).toBe(0);
    expect(results.length).toBeGreaterThan(0);
  });

  it('with servers that are added to one queue', async () => {
    const truth = truthOf('transient-mmc-two-stage');
    const samples = (truth.results.samples as { t: number }[]).filter(({ t }) => t === 51);
    const { results } = await run({ ...truth, results: { samples } });
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(results).toHaveLength(6);
  });
});

describe('a truth that is wrong', () => {
  const wrong = (id: string, key: string, factor: number): Truth => {
    const truth = truthOf(id);
    return {
      ...truth,
      results: { ...truth.results, [key]: (truth.results[key] as number) * factor },
    };
  };

  it.each([
    ['mm1-rho0.5', 'Wq', 1.1],
    ['mmck-la2-c1-K10', 'pBlock', 1.05],
    ['sizing-la200-mu5-p0.05', 'c', 51 / 52],
  ])('%s with another %s fails', async (id, key, factor) => {
    const { status, results } = await run(wrong(id, key, factor));
    expect(status).toBe('failed');
    expect(results.filter(({ agrees }) => !agrees).map((one) => one.key)).toContain(key);
  });

  it('fails in a quantile as well, also where it is 0', async () => {
    const truth = truthOf('mm1-rho0.5');
    const waitQuantiles = { p50: 0.2, p90: 0, p95: 4.605 };
    const { results } = await run({ ...truth, results: { ...truth.results, waitQuantiles } });
    const failed = results.filter(({ agrees }) => !agrees).map(({ key }) => key);
    expect(failed).toEqual(['waitQuantiles.p50', 'waitQuantiles.p90']);
  });

  it('fails at one instant of a transient', async () => {
    const truth = early(truthOf('mginf-nhpp-step-det'));
    const meanInSystem = [...(truth.results.meanInSystem as number[])];
    meanInSystem[2] *= 1.2;
    const { results } = await run({ ...truth, results: { ...truth.results, meanInSystem } });
    const failed = results.filter(({ agrees }) => !agrees).map(({ key }) => key);
    expect(failed).toEqual(['meanInSystem (t=61)']);
  });
});

test('a budget that ends too early is no pass', async () => {
  const truth = truthOf('mm1-rho0.9');
  const { status, results } = await runTruth(truth, { maxRequests: 100_000 }, localRounds(truth));
  expect(status).toBe('failed');
  expect(results.some(({ precise }) => !precise)).toBe(true);
});

describe('every case', () => {
  const plans = truths.map((truth) => ({ truth, plan: planTruth(truth) }));

  it('is expressible or says why not', () => {
    for (const { truth, plan } of plans) {
      expect(plan.kind, truth.id).not.toBe('fault');
      if (plan.kind === 'skip') expect(plan.reason, truth.id).not.toBe('');
      else if (plan.kind === 'run') expect(plan.experiments.length, truth.id).toBeGreaterThan(0);
    }
  });

  it('at most 15 % are skipped', () => {
    const skipped = plans.filter(({ plan }) => plan.kind === 'skip');
    expect(skipped.length / plans.length).toBeLessThanOrEqual(SKIPPED_MAX);
  });

  it('does not depend on its id for more than its random numbers', () => {
    for (const { truth, plan } of plans) {
      const renamed = planTruth({ ...truth, id: 'another' });
      expect(JSON.stringify(renamed)).toBe(JSON.stringify(plan));
    }
  });

  it('with a parameter missing is a fault, not a pass', () => {
    const truth = truthOf('mm1-rho0.5');
    expect(planTruth({ ...truth, params: { lambda_: 0.5 } })).toMatchObject({ kind: 'fault' });
    const transient = truthOf('transient-mm1-overload');
    expect(planTruth({ ...transient, params: {} })).toMatchObject({ kind: 'fault' });
  });

  it('of a model that nobody knows is skipped', () => {
    const plan = planTruth({ ...truthOf('mm1-rho0.5'), model: 'M/M/1 LCFS' });
    expect(plan).toEqual({ kind: 'skip', reason: 'the model is not known: M/M/1 LCFS' });
  });
});

describe('a file of exact results', () => {
  it('is known by its shape or its format', () => {
    expect(runVectors(document, 'a.json')).toMatchObject({ ok: true, kind: 'truths' });
    const named = { format: 'queueing-truths/1', cases: truths };
    expect(runVectors(named, 'a.json')).toMatchObject({ ok: true, kind: 'truths' });
  });

  it.each([
    [{ schema: '', cases: [] }, 'E_REQUIRED', 'cases'],
    [{ schema: '', cases: [{ id: 'a' }] }, 'E_TYPE', 'cases[0]'],
    [{ schema: '', cases: [truths[0], truths[0]] }, 'E_DUP_NAME', 'cases[1].id'],
  ])('%#: is refused', (bad, code, path) => {
    const refused = runVectors(bad, 'bad.json');
    expect(refused).toMatchObject({ ok: false, diagnostics: [{ code, path }] });
  });
});
