import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../../packages/engine/src/outcome.ts';
import { sha256Base64 } from '../../../packages/engine/src/report/html/sha256.ts';
import { REPORTS } from '../../../packages/engine/src/report/index.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

const EVIL = `<img src=x onerror="alert(1)"></script><script>alert('x')</script>&`;
const CHART_SCRIPT = 'window.Chart = "</script>";\r\n// <!-- x';

/** The fixture with every text that a scenario file can set replaced by markup. */
function hostile(): Comparison {
  const comparison = sampleComparison();
  const text = { en: EVIL, 'zh-CN': EVIL };
  const message = (key: string) => ({ key, params: { object: EVIL, fields: EVIL } });
  return {
    ...comparison,
    provenance: { ...comparison.provenance, seed: EVIL },
    scenario: {
      ...comparison.scenario,
      name: EVIL,
      title: text,
      description: text,
      currency: EVIL,
      priceBook: { name: EVIL, asOf: EVIL, source: EVIL },
    },
    strategies: comparison.strategies.map((strategy) => ({
      ...strategy,
      title: text,
      notes: [message('warning.not-simulated')],
      decisions: [{ at: 0, service: EVIL, from: 1, to: 2, reason: message(EVIL) }],
      requests: { [EVIL]: strategy.requests.shop ?? [], shop: strategy.requests.shop ?? [] },
      outcomes: strategy.outcomes.map((outcome) => ({
        ...outcome,
        cost: {
          ...outcome.cost,
          items: outcome.cost.items.map((item) => ({
            ...item,
            item: EVIL,
            type: EVIL,
            plan: EVIL,
          })),
        },
      })),
    })),
    thresholds: comparison.thresholds.map((threshold) => ({
      ...threshold,
      measure: EVIL,
      is: EVIL,
      strategy: EVIL,
    })),
    warnings: [message('warning.not-simulated')],
  };
}

const render = (comparison: Comparison, chartScript?: string) =>
  REPORTS.html.render(comparison, {
    locale: 'en',
    ...(chartScript === undefined ? {} : { chartScript }),
  });

describe('html', () => {
  test('no text of a scenario becomes markup', () => {
    const page = render(hostile(), CHART_SCRIPT);
    expect(page).not.toContain('<img');
    expect(page.match(/<script/g)).toHaveLength(3); // data, Chart.js, its own
    expect(page.match(/<\/script/g)).toHaveLength(3);
    // Everything between two tags that is text has its brackets and quotes escaped.
    expect(page.match(/onerror=(?!&quot;|\\")/g)).toBeNull();
  });

  test('the chart data is the JSON of the charts again when it is parsed', () => {
    const page = render(hostile(), CHART_SCRIPT);
    const data = page.match(
      /<script type="application\/json" id="chart-data">(.*?)<\/script>/,
    )?.[1];
    const { charts } = JSON.parse(data ?? '') as { charts: { id: string }[] };
    expect(charts).toHaveLength(10);
    expect(data).not.toContain('<');
  });

  test('its policy allows exactly its own style and scripts', () => {
    const page = render(sampleComparison(), CHART_SCRIPT);
    const policy = page.match(/Content-Security-Policy" content="([^"]*)"/)?.[1] ?? '';
    const unescaped = policy.replaceAll('&#39;', "'");
    expect(unescaped).toContain("default-src 'none'");
    expect(unescaped).not.toContain('unsafe');
    const inline = [...page.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)].map(
      ([, , text]) => text,
    );
    expect(inline).toHaveLength(3);
    for (const text of inline) {
      const hash = createHash('sha256')
        .update(text ?? '')
        .digest('base64');
      expect(unescaped).toContain(`'sha256-${hash}'`);
    }
    // Nothing inline that a policy without 'unsafe-inline' would refuse.
    expect(page).not.toMatch(/ style="| on\w+="/);
  });

  test('asks nothing of the network', () => {
    expect(render(sampleComparison(), '')).not.toMatch(/ (?:src|href)=|url\(|@import/);
  });

  test('without Chart.js it has no charts and no script', () => {
    const page = render(sampleComparison());
    expect(page).not.toContain('<canvas');
    expect(page).not.toContain('<script');
    expect(page).toContain('script-src &#39;none&#39;');
  });

  test('says the verdict before the table, and how to repeat the run', () => {
    const page = render(sampleComparison());
    expect(page.indexOf('class="headline"')).toBeGreaterThan(0);
    expect(page.indexOf('class="headline"')).toBeLessThan(page.indexOf('<table'));
    expect(page).toContain('peakless compare second-kill.yaml --seed 20260101 --replications 5');
    expect(page).toContain(sampleComparison().provenance.scenarioHash);
  });

  test('the command quotes a seed for the shell, or is the caller’s', () => {
    const comparison = sampleComparison();
    const seed = "it's; rm -rf /";
    const page = render({ ...comparison, provenance: { ...comparison.provenance, seed } });
    expect(page).toContain("--seed 'it'\\''s; rm -rf /'".replaceAll("'", '&#39;'));
    const own = REPORTS.html.render(comparison, {
      locale: 'en',
      command: 'peakless compare x <y>',
    });
    expect(own).toContain('<code>peakless compare x &lt;y&gt;</code>');
  });

  test('is in the reader’s language', () => {
    const page = REPORTS.html.render(sampleComparison(), { locale: 'zh-CN' });
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain('早八点秒杀');
    expect(page).toContain('推荐方案');
  });

  test('tells of some requests what happened, of every fate that there is', () => {
    const page = render(sampleComparison());
    const section = page.split('What happened to some requests')[1] ?? '';
    const [, fixed = '', reactive = ''] = section.split('<h3>');
    expect(fixed).toContain('shop: 60 requests followed: 60 served');
    expect(fixed.match(/started at once on VM 12, answered after 45\u00a0ms/g)).toHaveLength(8);
    expect(reactive).toContain(
      'shop: 60 requests followed: 15 timed out, 15 rejected, 15 late, 15 served',
    );
    expect(reactive.match(/<li><b>0\d:\d\d:\d\d\.120</g)).toHaveLength(8);
    expect(reactive).toContain(
      'waited 1.9\u00a0s for a slot of pod 12, served in 45\u00a0ms, answered after 1.95\u00a0s',
    );
    for (const fate of ['Timed out', 'Rejected', 'Late', 'Served']) {
      expect(reactive.match(new RegExp(`>${fate}<`, 'g')), fate).toHaveLength(2);
    }
    const none = sampleComparison().strategies.map((one) => ({ ...one, requests: { shop: [] } }));
    expect(render({ ...sampleComparison(), strategies: none })).not.toContain('some requests');
  });

  test('a long list of decisions is cut, and says so', () => {
    const comparison = sampleComparison();
    const row = { at: 0, service: 's', from: 1, to: 2, reason: { key: 'x', params: {} } };
    const strategies = comparison.strategies.map((strategy) => ({
      ...strategy,
      decisions: Array.from({ length: 1234 }, () => row),
    }));
    const page = render({ ...comparison, strategies });
    expect(page.match(/1 → 2/g)).toHaveLength(3 * 500);
    expect(page).toContain('The first 500 of 1,234');
  });
});

describe('sha256Base64', () => {
  test.each(['', 'abc', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), '秒杀 𝒳 é', '\ud800'])(
    'of %j is that of the platform',
    (text) => {
      expect(sha256Base64(text)).toBe(createHash('sha256').update(text).digest('base64'));
    },
  );

  test('of a long text', () => {
    const text = 'Peakless 秒杀\n'.repeat(20_000);
    expect(sha256Base64(text)).toBe(createHash('sha256').update(text).digest('base64'));
  });
});
