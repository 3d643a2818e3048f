import { expect, test } from 'vitest';
import { EXEMPTIONS, type Exemption } from './exemptions.ts';
import { RULES } from './rules/index.ts';
import { readRepository, type Violation } from './source.ts';

const repository = readRepository();

const exempts = (exemption: Exemption, rule: string, violation: Violation) =>
  exemption.rule === rule &&
  exemption.path === violation.path &&
  violation.message.startsWith(exemption.message);

test.each(Object.keys(RULES) as (keyof typeof RULES)[])('%s', (rule) => {
  const found = RULES[rule](repository).filter(
    (violation) => !EXEMPTIONS.some((exemption) => exempts(exemption, rule, violation)),
  );
  expect(found.map(({ path, line, message }) => `${path}:${line} ${message}`)).toEqual([]);
});

test('every exemption has a reason and is still needed', () => {
  for (const exemption of EXEMPTIONS) {
    expect(exemption.reason.length).toBeGreaterThan(20);
    const rule = RULES[exemption.rule as keyof typeof RULES];
    expect(
      rule(repository).some((violation) => exempts(exemption, exemption.rule, violation)),
      `${exemption.rule} ${exemption.path}: nothing left to exempt`,
    ).toBe(true);
  }
});
