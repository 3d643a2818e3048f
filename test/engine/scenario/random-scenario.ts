/** Random valid scenarios, as plain values: JSON is YAML. */
import fc from '../../fixtures/fast-check.ts';

const duration = (min: number, max: number, unit: string) =>
  fc.integer({ min, max }).map((n) => `${n}${unit}`);
const rate = (max: number) => fc.integer({ min: 0, max }).map((n) => `${n}/s`);

const arrivals = fc.oneof(
  rate(500).map((value) => ({ rate: value })),
  fc.record(
    {
      startRate: rate(100),
      stages: fc.array(
        fc.record(
          { duration: duration(1, 600, 's'), target: rate(900), jump: fc.boolean() },
          { requiredKeys: ['duration', 'target'] },
        ),
        { minLength: 1, maxLength: 4 },
      ),
    },
    { requiredKeys: ['stages'] },
  ),
  fc
    .record(
      {
        base: rate(10),
        peak: fc.integer({ min: 10, max: 900 }).map((n) => `${n}/s`),
        at: fc.constantFrom('+1m', '07:46', '2026-01-01T07:50:00+08:00'),
        plateau: duration(0, 90, 's'),
      },
      { requiredKeys: ['base', 'peak', 'at'] },
    )
    .map((flashSale) => ({ flashSale })),
);

const process = fc.oneof(
  fc.constantFrom({ kind: 'poisson' }, { kind: 'deterministic' }),
  fc.record({ kind: fc.constant('gamma'), cv: fc.constantFrom(0.3, 2) }),
  fc.constant({ kind: 'hyperexponential', p: 0.9, mean1: 1, mean2: 20 }),
  fc.record({
    kind: fc.constant('mmpp'),
    factors: fc.constant([1, 0, 4]),
    sojourns: fc.tuple(duration(1, 60, 's'), duration(10, 900, 'ms'), duration(1, 5, 'm')),
  }),
  fc.record(
    {
      kind: fc.constant('batch'),
      meanSize: fc.integer({ min: 1, max: 50 }),
      sizes: fc.constantFrom('fixed', 'geometric'),
    },
    { requiredKeys: ['kind', 'meanSize'] },
  ),
);

const serviceTime = fc.oneof(
  fc.record({ mean: duration(50, 400, 'ms') }),
  fc.record({ mean: duration(50, 400, 'ms'), cv: fc.constantFrom(0.5, 1, 2.25) }),
  fc.record({ p50: duration(60, 100, 'ms'), p99: duration(101, 900, 'ms') }),
  fc.record({
    dist: fc.constantFrom('exponential', 'deterministic', 'uniform'),
    mean: duration(50, 90, 'ms'),
  }),
  fc.record({
    dist: fc.constantFrom('gamma', 'weibull', 'hyperexponential'),
    mean: duration(50, 90, 'ms'),
    cv: fc.constantFrom(1, 1.5),
  }),
  fc.record({
    dist: fc.constant('pareto'),
    alpha: fc.constantFrom(1.1, 3),
    xm: duration(50, 90, 'ms'),
    max: fc.constantFrom('2s', '1m'),
  }),
  fc.record({
    dist: fc.constant('mixture'),
    parts: fc.tuple(
      fc.record({ mean: duration(50, 90, 'ms'), weight: fc.constantFrom(1, 0.25) }),
      fc.record({ dist: fc.constant('erlang'), mean: duration(50, 90, 'ms'), k: fc.constant(3) }),
    ),
  }),
);

const service = fc.record(
  {
    time: serviceTime,
    cpuPerRequest: duration(1, 20, 'ms'),
    concurrency: fc.integer({ min: 1, max: 2 }),
    queue: fc.record({ limit: fc.integer({ min: 0, max: 1000 }) }),
    balancer: fc.constantFrom('random', 'round-robin', 'power-of-two', 'least-loaded'),
  },
  { requiredKeys: ['time', 'cpuPerRequest'] },
);

const nodes = fc.record(
  {
    type: fc.constantFrom('c7i.4xlarge', 'm6i.2xlarge'),
    min: fc.integer({ min: 0, max: 3 }),
    max: fc.integer({ min: 3, max: 50 }),
    reservedMemory: fc.constantFrom('1Gi', '512MB'),
    join: fc.record({ median: duration(1, 90, 's') }),
  },
  { requiredKeys: [] },
);
const startup = fc.record(
  {
    app: fc.record({ median: duration(1, 90, 's'), sigma: fc.constantFrom(0, 0.5) }),
    image: fc.record({ baked: fc.boolean() }),
  },
  { requiredKeys: [] },
);
const title = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    fc.record({ en: fc.constant(`\${a} # "b": c`), 'zh-CN': fc.constant('秒杀 ＝') }),
  )
  .map((text) =>
    typeof text === 'string'
      ? text.replaceAll(`\${`, '')
      : { ...text, en: text.en.replaceAll(`\${`, () => `$\${`) },
  );

const kubernetes = fc.record(
  {
    replicas: fc.integer({ min: 1, max: 20 }),
    autoscaler: fc.constantFrom('hpa'),
    nodes,
    startup,
    title,
    schedule: fc.array(
      fc.record(
        {
          at: fc.constantFrom('+0s', '07:46', '07:30'),
          minReplicas: fc.integer({ min: 1, max: 200 }),
          until: fc.constant('07:55'),
        },
        { requiredKeys: ['at', 'minReplicas'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const strategies = fc
  .tuple(
    fc.record(
      {
        headroom: fc.constantFrom('30%', 0.5, '7.5%'),
        vm: fc.record({ type: fc.constantFrom('c7i.xlarge', 'm5.large') }),
      },
      { requiredKeys: [] },
    ),
    kubernetes,
    kubernetes,
  )
  .map(([vm, first, second]) => [
    { ...vm, kind: 'vm-peak' },
    { ...first, name: 'one', kind: 'kubernetes' },
    { ...second, name: 'two', extends: 'one' },
  ]);

export const randomScenario = fc
  .record(
    {
      title,
      description: title,
      seed: fc.oneof(fc.integer(), fc.constantFrom('abc', '"quoted"', '007', 'yes')),
      replications: fc.integer({ min: 1, max: 9 }),
      kubernetes: fc.record({ nodes, startup }, { requiredKeys: [] }),
      strategies,
      objectives: fc.record(
        { latency: duration(1, 900, 'ms'), attainment: fc.constantFrom('99.9%', 0.5) },
        { requiredKeys: [] },
      ),
      load: fc.array(
        fc
          .tuple(arrivals, fc.option(process, { nil: undefined }))
          .map(([rate, scatter]) => (scatter === undefined ? rate : { ...rate, process: scatter })),
        { minLength: 1, maxLength: 3 },
      ),
      services: fc.dictionary(fc.constantFrom('web', 'api', 'a', 'x-1'), service, {
        minKeys: 1,
        maxKeys: 3,
      }),
    },
    { requiredKeys: ['load', 'services'] },
  )
  .map((scenario) => ({
    apiVersion: 'peakless/v1',
    name: 'random',
    ...scenario,
    load: scenario.load.map((load, i) => ({ ...load, name: `load-${i}` })),
  }));
