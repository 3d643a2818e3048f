/**
 * Words that must not appear: names that say nothing about what a thing does, and notes to oneself
 * instead of the work.
 */
import { isScript, lineOf, type SourceFile, scan, type Violation } from '../source.ts';

const EMPTY_FILE_NAME = /(^|[-./])(utils?|helpers?|managers?|misc|stuff)([-./]|$)/i;
const EMPTY_NAME =
  /\b(?:class|function|interface|type|const|let)\s+(\w*(?:Utils?|Helpers?|Manager))\b/g;
// In two pieces, so that this file passes its own rule.
const NOTE = new RegExp(`\\b(${'TO'}${'DO'}|${'FIX'}${'ME'}|${'XX'}${'X'})\\b`, 'g');

export function checkWords(file: SourceFile): readonly Violation[] {
  const violations: Violation[] = [];
  const report = (index: number, message: string) =>
    violations.push({ path: file.path, line: lineOf(file.text, index), message });
  if (EMPTY_FILE_NAME.test(file.path)) report(0, 'name the file after its idea');
  if (/\.(csv|json)$|^pnpm-lock/.test(file.path)) return violations;
  for (const match of file.text.matchAll(NOTE))
    report(match.index, `${match[0]}: do it or drop it`);
  if (isScript(file.path)) {
    for (const match of scan(file.text).code.matchAll(EMPTY_NAME)) {
      report(match.index, `${match[1]}: name it after what it does`);
    }
  }
  return violations;
}
