/** The registry of rules: each takes the repository and returns what breaks it. */
import type { SourceFile, Violation } from '../source.ts';
import { checkHeader } from './headers.ts';
import { checkHotCode } from './hot-code.ts';
import { checkLayers } from './layers.ts';
import { checkPurity } from './purity.ts';
import { checkRegistries } from './registries.ts';
import { checkSelfContained } from './self-contained.ts';
import { checkSize } from './size.ts';
import { checkWords } from './words.ts';

type Rule = (files: readonly SourceFile[]) => readonly Violation[];

const perFile =
  (check: (file: SourceFile) => readonly Violation[]): Rule =>
  (files) =>
    files.flatMap(check);

export const RULES = {
  layers: perFile(checkLayers),
  purity: perFile(checkPurity),
  'hot code': perFile(checkHotCode),
  size: perFile(checkSize),
  words: perFile(checkWords),
  headers: perFile(checkHeader),
  'self-contained': perFile(checkSelfContained),
  registries: checkRegistries,
} satisfies Record<string, Rule>;
