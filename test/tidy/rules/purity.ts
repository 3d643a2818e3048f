/**
 * The engine is pure: same input, same bits, on any JavaScript runtime. The compiler settings keep
 * Node and the DOM out; these are the parts of the language itself that must stay unused.
 */
import { isEngine, lineOf, type SourceFile, scan, type Violation } from '../source.ts';

interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
}

const ELEMENTARY = 'use kernel/elementary.ts: the last bits of Math’s differ between engines';
const NO_CLOCK = 'time is the simulated µs that a function is given';
const NO_OUTSIDE = 'return the fact or the explanation; shells talk to the outside';

const BANS: readonly Ban[] = [
  { pattern: /(?<![.\w$])Date\b(?!:)/g, instead: NO_CLOCK },
  { pattern: /\bMath\.random\b/g, instead: 'draw from a named stream of kernel/random.ts' },
  {
    pattern: /\bMath\.(exp|expm1|log|log2|log10|log1p|pow|cbrt|hypot)\b/g,
    instead: ELEMENTARY,
  },
  { pattern: /\bMath\.a?(sin|cos|tan)(h|2)?\b/g, instead: ELEMENTARY },
  {
    // A BigInt power is exact; a constant in capitals is a literal with a name.
    pattern: /(?<!\d+n )\*\*(?!=?\s*-?(?:\d|[A-Z][A-Z0-9_]*\b))/g,
    instead: 'use pow of kernel/elementary.ts: only a literal exponent is the same everywhere',
  },
  { pattern: /(?<![.\w$])performance\s*\./g, instead: NO_CLOCK },
  { pattern: /(?<![.\w$])process\s*[.[]/g, instead: NO_OUTSIDE },
  { pattern: /(?<![.\w$])console\s*[.[]/g, instead: NO_OUTSIDE },
  {
    pattern: /(?<![.\w$])(setTimeout|setInterval|setImmediate|queueMicrotask)\b/g,
    instead: NO_CLOCK,
  },
  { pattern: /(?<![.\w$])(fetch\s*\(|XMLHttpRequest\b|globalThis\b)/g, instead: NO_OUTSIDE },
  { pattern: /(?<![.\w$])crypto\s*\./g, instead: 'draw from a named stream of kernel/random.ts' },
  { pattern: /(?<![.\w$])Intl\b/g, instead: 'format in report/ with own functions, not by locale' },
  { pattern: /\.toLocale\w*\b/g, instead: 'format in report/ with own functions, not by locale' },
  { pattern: /\.localeCompare\b/g, instead: 'compare strings with < and >' },
  { pattern: /(?<![.\w$])(eval\s*\(|new\s+Function\b)/g, instead: 'data is not code' },
];

const MUTABLE: readonly Ban[] = [
  {
    pattern: /^(export\s+)?(let|var)\b/gm,
    instead: 'no module-level state: pass it as an argument',
  },
  {
    pattern: /^export const \w+ = (new |\[(?![^;]*\] (as const|satisfies)))/gm,
    instead: 'an exported value is frozen: add `as const` or a readonly type',
  },
  {
    pattern: /^(export )?const \w+(: (?!readonly|Readonly)[^=]+)? = new (Weak)?(Map|Set)\b/gm,
    instead: 'no module-level caches: give a constant the type ReadonlyMap or ReadonlySet',
  },
];

export function checkPurity(file: SourceFile): readonly Violation[] {
  if (!isEngine(file.path)) return [];
  const { code } = scan(file.text);
  const violations: Violation[] = [];
  for (const { pattern, instead } of [...BANS, ...MUTABLE]) {
    for (const match of code.matchAll(pattern)) {
      const message = `${match[0].trim()}: ${instead}`;
      violations.push({ path: file.path, line: lineOf(code, match.index), message });
    }
  }
  return violations;
}
