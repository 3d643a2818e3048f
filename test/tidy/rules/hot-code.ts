/**
 * The loops of the data plane neither allocate nor throw: what a loop body there may not contain.
 */
import { afterBracket, ENGINE, lineOf, type SourceFile, scan, type Violation } from '../source.ts';

const HOT_FILES = new Set([`${ENGINE}kernel/calendar.ts`, `${ENGINE}kernel/random.ts`]);
const isHot = (path: string) => path.startsWith(`${ENGINE}flow/`) || HOT_FILES.has(path);

const IN_LOOPS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\bnew\s+\w/g, what: 'new' },
  { pattern: /\bthrow\b/g, what: 'throw: check once before or after the loop' },
  { pattern: /=>|\bfunction\b/g, what: 'a closure' },
  { pattern: /\.\.\./g, what: 'spread' },
  { pattern: /\?\./g, what: 'optional chaining' },
  { pattern: /\.(map|filter|forEach|reduce|flatMap|some|every|find)\(/g, what: 'an array method' },
  { pattern: /(?:[=(,:?[&|]|\breturn|=>)\s*\[/g, what: 'an array literal' },
  { pattern: /(?:[=(,?[&|]|\breturn|\w\s*:)\s*\{/g, what: 'an object literal' },
];

export function checkHotCode(file: SourceFile): readonly Violation[] {
  if (!isHot(file.path)) return [];
  const { code } = scan(file.text);
  const found = new Map<number, string>();
  for (const [from, to] of loopBodies(code)) {
    for (const { pattern, what } of IN_LOOPS) {
      for (const match of code.slice(from, to).matchAll(pattern)) {
        // `case 1: {` opens a block, not an object.
        const index = from + match.index;
        const line = code.slice(code.lastIndexOf('\n', index) + 1, index + match[0].length);
        if (!/^\s*(case\b.*|default):\s*\{$/.test(line)) found.set(index, `${what} in a hot loop`);
      }
    }
  }
  return [...found].map(([index, message]) => ({
    path: file.path,
    line: lineOf(code, index),
    message,
  }));
}

/** [from, to) of the body of every loop. */
function* loopBodies(code: string): Generator<readonly [number, number]> {
  for (const match of code.matchAll(/\b(for|while)\s*\(|\bdo\s*\{/g)) {
    const open = match.index + match[0].length - 1;
    if (match[0].startsWith('do')) {
      yield [open + 1, afterBracket(code, open)];
      continue;
    }
    const head = afterBracket(code, open);
    const body = head + code.slice(head).search(/\S/);
    if (code[body] === '{') yield [body + 1, afterBracket(code, body)];
    else yield [body, code.indexOf(';', body) + 1 || code.length];
  }
}
