/**
 * Limits: 400 lines per file, 60 lines per function of the engine, 100 columns. The inside of a
 * literal does not count for the columns: a sentence stays in one piece, so that it can be found.
 */
import {
  afterBracket,
  isEngine,
  isScript,
  lineOf,
  type SourceFile,
  scan,
  type Violation,
} from '../source.ts';

const FILE_LINES = 400;
const FUNCTION_LINES = 60;
const COLUMNS = 100;

export function checkSize(file: SourceFile): readonly Violation[] {
  if (!isScript(file.path)) return [];
  const violations: Violation[] = [];
  const report = (line: number, message: string) =>
    violations.push({ path: file.path, line, message });

  const lines = file.text.trimEnd().split('\n');
  if (lines.length > FILE_LINES)
    report(1, `${lines.length} lines, at most ${FILE_LINES}: one idea?`);
  const { code, literal } = scan(file.text);
  let start = 0;
  lines.forEach((line, index) => {
    const inside = literal
      .subarray(start, start + line.length)
      .reduce((sum, flag) => sum + flag, 0);
    start += line.length + 1;
    const width = line.length - inside;
    if (width > COLUMNS) report(index + 1, `${width} columns, at most ${COLUMNS}`);
  });
  if (!isEngine(file.path)) return violations;
  for (const [from, to] of functionBodies(code)) {
    const length = lineOf(code, to) - lineOf(code, from) + 1;
    if (length > FUNCTION_LINES) {
      report(lineOf(code, from), `function of ${length} lines, at most ${FUNCTION_LINES}`);
    }
  }
  return violations;
}

const NOT_A_FUNCTION = /^(?:else\s+)?(?:if|for|while|switch|catch|with|else|do|try|finally)\b/;

/** From the start of the head to the closing brace of every function, method and arrow function. */
function* functionBodies(code: string): Generator<readonly [number, number]> {
  for (let i = 0; i < code.length; i++) {
    if (code[i] !== '{') continue;
    const start = headStart(code, i);
    const head = code.slice(start, i).trim();
    const isFunction =
      /\bfunction\b/.test(head) ||
      head.endsWith('=>') ||
      (/^[\w\s#*$<>]+\([\s\S]*\)(\s*:[\s\S]+)?$/.test(head) && !NOT_A_FUNCTION.test(head));
    if (isFunction) yield [start + code.slice(start).search(/\S/), afterBracket(code, i)];
  }
}

/** Start of the statement that the brace at `open` belongs to. */
function headStart(code: string, open: number): number {
  let depth = 0;
  for (let i = open - 1; i >= 0; i--) {
    const char = code[i] as string;
    if (')]'.includes(char)) depth++;
    else if ('(['.includes(char) && --depth < 0) return i + 1;
    else if (depth === 0 && ';{}'.includes(char)) return i + 1;
  }
  return 0;
}
