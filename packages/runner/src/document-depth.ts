/**
 * Depth and size of a YAML text, from its tokens and its concrete syntax tree, without recursion:
 * the composer, which does recurse, only sees texts that pass.
 */
import { MAX_DEPTH } from '@peakless/engine';
import { type CST, Lexer, Parser } from 'yaml';
import { MAX_TOKENS } from './limits.ts';

export interface Excess {
  readonly offset: number;
  readonly problem: string;
  readonly allowed: string;
}

const TOO_DEEP = {
  problem: 'the document is nested too deeply',
  allowed: `${MAX_DEPTH} levels`,
} as const;

/** Where the text gets too deep or too long, if it does. */
export function tooDeepAt(text: string): Excess | undefined {
  const flow = tokenExcess(text);
  return flow ?? treeExcess(text);
}

/** Marks of the lexer that stand for no text. */
const MARKS = ['\u0002', '\u0018', '\u001f'];

function tokenExcess(text: string): Excess | undefined {
  let offset = 0;
  let depth = 0;
  let count = 0;
  let previous = '';
  for (const token of new Lexer().lex(text)) {
    count += 1;
    // After the scalar mark comes the scalar itself, which may well be a bracket.
    const isIndicator = previous !== '\u001f';
    previous = token;
    if (isIndicator && (token === '[' || token === '{')) depth += 1;
    if (isIndicator && (token === ']' || token === '}')) depth -= 1;
    if (depth > MAX_DEPTH) return { offset, ...TOO_DEEP };
    if (count > MAX_TOKENS) {
      const problem = 'the document has too many parts';
      return { offset, problem, allowed: `${MAX_TOKENS} tokens` };
    }
    if (!isIndicator || !MARKS.includes(token)) offset += token.length;
  }
  return undefined;
}

function treeExcess(text: string): Excess | undefined {
  const stack: { token: CST.Token; depth: number }[] = [];
  for (const document of new Parser().parse(text)) {
    if (document.type === 'document' && document.value) {
      stack.push({ token: document.value, depth: 1 });
    }
  }
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { token, depth } = top;
    if (depth > MAX_DEPTH) return { offset: token.offset, ...TOO_DEEP };
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) stack.push({ token: key, depth: depth + 1 });
      if (value) stack.push({ token: value, depth: depth + 1 });
    }
  }
  return undefined;
}
