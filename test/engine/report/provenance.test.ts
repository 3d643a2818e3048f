import { expect, test } from 'vitest';
import { provenanceRows } from '../../../packages/engine/src/report/sections.ts';
import { sampleComparison } from '../../fixtures/comparison.ts';

test('says which path served which services, and why not the fast one', () => {
  const comparison = sampleComparison();
  const flows = [
    { service: 'buy', path: 'general', kernel: null, reason: 'calls' },
    { service: 'web', path: 'fast', kernel: 'wasm', reason: null },
    { service: 'stock', path: 'general', kernel: null, reason: 'calls' },
  ] as const;
  const provenance = { ...comparison.provenance, flows };
  const textIn = (locale: 'en' | 'zh-CN') =>
    Object.fromEntries(provenanceRows({ ...comparison, provenance }, locale));
  expect(textIn('en')['Simulation path']).toBe(
    'buy, stock: general path, it calls or is called by other services; web: fast path (wasm)',
  );
  expect(Object.values(textIn('zh-CN'))).toContain(
    'buy, stock: 通用路径, 与其他服务之间有调用; web: 快速路径（wasm）',
  );
});
