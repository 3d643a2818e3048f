import { describe, expect, it } from 'vitest';
import type { Message } from '../../../packages/engine/src/outcome.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import { servedReason } from '../../../packages/engine/src/scaling/kpa-grounds.ts';
import { KPA_MESSAGES } from '../../../packages/engine/src/scaling/kpa-messages.ts';
import type { KpaScale } from '../../../packages/engine/src/scaling/kpa-serving.ts';
import type { KpaSpec } from '../../../packages/engine/src/scaling/kpa-spec.ts';
import { decisionsOf, type Look, SECOND, specWith } from './kpa-scenes.ts';

const placeholders = (text: string) =>
  new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] as string));

/** The reason of the last decision. */
const reasonOf = (spec: Partial<KpaSpec>, looks: readonly Look[]) =>
  decisionsOf(specWith(spec), 1, looks).at(-1)?.reason as Message;

/** What bounds and the way to zero make of a decision for `load` pods. */
const servedAs = (load: number, scale: Pick<KpaScale, 'want' | 'replicas'>, poked = false) => {
  const decision = decisionsOf(specWith(), 1, [[2, 1, load]])[0];
  const to = scale.replicas ?? 1;
  const from = poked ? 0 : 1;
  return servedReason(decision, { ...scale, again: null }, { from, to, poked });
};

const CASES: Readonly<Record<string, () => Message>> = {
  'kpa.poked': () => servedAs(1, { want: 1, replicas: 1 }, true),
  'kpa.leaving': () => servedAs(0, { want: 0, replicas: null }),
  'kpa.to-zero': () => servedAs(0, { want: 0, replicas: 0 }),
  'kpa.raised': () => servedAs(1, { want: 3, replicas: 3 }),
  'kpa.at-max': () => servedAs(9, { want: 3, replicas: 3 }),
  'kpa.stable': () => reasonOf({}, [[2, 4, 5]]),
  'kpa.idle': () => reasonOf({}, [[2, 1, 0]]),
  'kpa.limited-up': () => reasonOf({ maxScaleUpRate: 2 }, [[2, 4, 99, 1]]),
  'kpa.limited-down': () => reasonOf({}, [[2, 9, 1]]),
  'kpa.activation': () => reasonOf({ activationScale: 5 }, [[2, 1, 1]]),
  'kpa.delayed': () =>
    reasonOf({ scaleDownDelay: 60 * SECOND }, [
      [2, 4, 4],
      [4, 4, 3],
    ]),
  'kpa.panic': () => reasonOf({}, [[2, 1, 2, 8]]),
  'kpa.panic-limited': () => reasonOf({ maxScaleUpRate: 4 }, [[2, 1, 2, 8]]),
  'kpa.panic-held': () =>
    reasonOf({}, [
      [2, 1, 2, 8],
      [4, 8, 3, 4],
    ]),
  'kpa.no-metric': () => reasonOf({}, [[2, 4]]),
  'kpa.no-pod-count': () => reasonOf({}, [[2, null, 4]]),
};

describe('reasons', () => {
  it.each(Object.entries(CASES))('%s', (key, reason) => {
    const message = reason();
    expect(message.key).toBe(key);
    for (const texts of Object.values(KPA_MESSAGES)) {
      expect(texts).toHaveProperty([key]);
      for (const name of placeholders(texts[key] ?? '')) {
        expect(message.params).toHaveProperty(name);
      }
    }
  });

  it('covers every sentence', () => {
    expect(new Set(Object.keys(CASES))).toEqual(new Set(Object.keys(KPA_MESSAGES.en)));
  });

  it('has the same keys and placeholders in both languages', () => {
    const shape = (texts: Readonly<Record<string, string>>) =>
      Object.entries(texts).map(([key, text]) => [key, [...placeholders(text)].sort()]);
    expect(shape(KPA_MESSAGES['zh-CN'])).toEqual(shape(KPA_MESSAGES.en));
  });

  it('reads as a sentence', () => {
    const delayed = CASES['kpa.delayed']?.() as Message;
    expect(renderMessage(delayed, 'en', 'USD')).toBe(
      'Load 3 (target 1 per pod, 4 ready pods) asks for 3 pods, 3 within the limits; the most of the last 1 min counts: 4.',
    );
    expect(renderMessage(CASES['kpa.panic']?.() as Message, 'en', 'USD')).toBe(
      'Load 8 (target 1 per pod, 1 ready pod) asks for 8 pods, in panic: 8.',
    );
  });
});
