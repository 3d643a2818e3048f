/**
 * YAML (hence JSON) text → trees with positions, for Node and browsers alike. Only plain data comes
 * through: anchors, aliases, tags, repeated and forbidden keys are reported; depth and size are
 * bounded before anything recursive looks at the text.
 */
import {
  badCharacter,
  codePointText,
  type Diagnostic,
  type DiagnosticCode,
  diagnostic,
  type Facts,
  FORBIDDEN_KEYS,
  type Path,
  type Scalar,
  type SourceEntry,
  type SourceNode,
  type SourcePosition,
} from '@peakless/engine';
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  type ParsedNode,
  Parser,
} from 'yaml';
import { tooDeepAt } from './document-depth.ts';
import { sizeText } from './limits.ts';

export interface DecodeOptions {
  /** Named in diagnostics. */
  readonly file: string;
  /** Kubernetes reads YAML 1.1. */
  readonly version: '1.1' | '1.2';
  /** Bytes, at most. */
  readonly limit: number;
}

export interface DecodedDocuments {
  /** Empty when the text could not be read at all. */
  readonly documents: readonly SourceNode[];
  readonly diagnostics: readonly Diagnostic[];
}

export function decodeYaml(text: string, options: DecodeOptions): DecodedDocuments {
  const { file, limit } = options;
  // A UTF-16 unit takes at least one byte: this bound needs no encoding of the text.
  if (text.length > limit) {
    const facts = { got: sizeText(text.length), allowed: `${sizeText(limit)} at most` };
    return refused(diagnostic('E_FILE_TOO_BIG', { at: { file } }, facts));
  }
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let i = plain.indexOf('\n'); i >= 0; i = plain.indexOf('\n', i + 1)) lines.addNewLine(i + 1);
  const position = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const bad = badRawCharacter(plain);
  if (bad >= 0) {
    const facts = { got: codePointText(plain, bad) };
    return refused(diagnostic('E_CHAR', { at: position(bad) }, facts));
  }
  const tokens = tooDeepAt(plain);
  if (tokens !== undefined) {
    const facts = { problem: tokens.problem, allowed: tokens.allowed };
    return refused(diagnostic('E_DEPTH', { at: position(tokens.offset) }, facts));
  }
  return compose(plain, options, position);
}

function refused(found: Diagnostic): DecodedDocuments {
  return { documents: [], diagnostics: [found] };
}

/** The first character that no YAML text may contain; a lone carriage return is one. */
function badRawCharacter(text: string): number {
  return badCharacter(text.replace(/\r\n/g, ' \n'));
}

function compose(
  text: string,
  { file, version }: DecodeOptions,
  position: (offset: number) => SourcePosition,
): DecodedDocuments {
  const composer = new Composer({
    version,
    uniqueKeys: false,
    merge: false,
    keepSourceTokens: false,
  });
  const decoder = new Decoder(position);
  const documents: SourceNode[] = [];
  for (const document of composer.compose(new Parser().parse(text), false, text.length)) {
    const [error] = document.errors;
    if (error !== undefined) {
      const problem = error.message.replace(/ at line \d+, column \d+[\s\S]*$/, '');
      return refused(diagnostic('E_SYNTAX', { at: position(error.pos[0]) }, { problem }));
    }
    const node = decoder.document(document);
    if (node !== undefined) documents.push(node);
  }
  if (documents.length === 0) {
    documents.push({ kind: 'scalar', at: { file, line: 1, column: 1 }, value: null });
  }
  return { documents, diagnostics: decoder.finish() };
}

/** `key:` with nothing behind it: the value has no place of its own. */
function isLeftOut(node: ParsedNode): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '' && node.tag === undefined;
}

/** One text's trees; collects what it refuses. */
class Decoder {
  private readonly found: Diagnostic[] = [];
  private readonly position: (offset: number) => SourcePosition;
  private readonly aliases: { at: SourcePosition; path: Path; name: string }[] = [];
  private anchor: { at: SourcePosition; path: Path; name: string } | undefined;
  private merges = 0;

  constructor(position: (offset: number) => SourcePosition) {
    this.position = position;
  }

  /** Undefined for a document that has no content. */
  document(document: Document.Parsed): SourceNode | undefined {
    const { contents } = document;
    return contents === null ? undefined : this.node(contents, []);
  }

  /** All findings; anchors are reported once, and not where a merge key already is. */
  finish(): readonly Diagnostic[] {
    const [first] = this.aliases;
    const culprit = first ?? (this.merges === 0 ? this.anchor : undefined);
    if (culprit !== undefined) {
      const { at, path, name } = culprit;
      const got = first === undefined ? `the anchor &${name}` : `the alias *${name}`;
      this.report('E_YAML_ALIAS', at, path, { got: got.slice(0, 60) });
    }
    return this.found;
  }

  private report(code: DiagnosticCode, at: SourcePosition, path: Path, facts: Facts = {}): void {
    this.found.push(diagnostic(code, { at, path }, facts));
  }

  private node(node: ParsedNode, path: Path): SourceNode {
    const at = this.position(node.range[0]);
    if (isAlias(node)) {
      if (path.at(-1) !== '<<') this.aliases.push({ at, path, name: node.source });
      return { kind: 'invalid', at };
    }
    const { anchor } = node;
    if (anchor !== undefined && this.anchor === undefined) this.anchor = { at, path, name: anchor };
    const { tag } = node;
    if (tag !== undefined && !(isScalar(node) && tag === 'tag:yaml.org,2002:str')) {
      this.report('E_YAML_TAG', at, path, { got: tag.slice(0, 60) });
      return { kind: 'invalid', at };
    }
    if (isMap(node)) return this.map(node.items as Pair<ParsedNode, ParsedNode | null>[], at, path);
    if (isSeq(node)) {
      const items = (node.items as ParsedNode[]).map((item, i) => this.node(item, [...path, i]));
      return { kind: 'list', at, items };
    }
    return this.scalar(node.value, node.source, at, path);
  }

  private scalar(
    value: unknown,
    source: string | undefined,
    at: SourcePosition,
    path: Path,
  ): SourceNode {
    // YAML 1.1 knows dates and big numbers, a tree does not: they stay text.
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    const plain = isPlain ? (value as Scalar) : (source ?? String(value));
    const bad = typeof plain === 'string' ? badCharacter(plain) : -1;
    if (bad >= 0) {
      this.report('E_CHAR', at, path, { got: codePointText(String(plain), bad) });
      return { kind: 'invalid', at };
    }
    return { kind: 'scalar', at, value: plain };
  }

  private map(
    pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
    at: SourcePosition,
    path: Path,
  ): SourceNode {
    const entries = new Map<string, SourceEntry>();
    for (const { key: keyNode, value } of pairs) {
      const keyAt = this.position(keyNode.range[0]);
      const key = this.key(keyNode, keyAt, path);
      if (key === undefined) continue;
      const inner = [...path, key];
      const before = entries.get(key);
      if (before !== undefined) {
        const lines = `lines ${before.keyAt.line} and ${keyAt.line}`;
        this.report('E_DUP_KEY', keyAt, inner, { got: `${key.slice(0, 60)} on ${lines}` });
        entries.set(key, { keyAt, value: { kind: 'invalid', at: keyAt } });
        continue;
      }
      if (key === '<<') this.merges += 1;
      const node: SourceNode =
        value === null || isLeftOut(value)
          ? { kind: 'scalar', at: keyAt, value: null }
          : this.node(value, inner);
      entries.set(key, { keyAt, value: node });
    }
    return { kind: 'map', at, entries };
  }

  private key(node: ParsedNode, at: SourcePosition, path: Path): string | undefined {
    if (!isScalar(node) || node.value === null || node.tag !== undefined) {
      const facts = { problem: 'a key must be plain text', hint: 'write key: value' };
      this.report('E_TYPE', at, path, facts);
      return undefined;
    }
    const key = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    if (FORBIDDEN_KEYS.includes(key)) {
      this.report('E_FORBIDDEN_KEY', at, [...path, key], { got: key });
      return undefined;
    }
    const bad = badCharacter(key);
    if (bad < 0) return key;
    this.report('E_CHAR', at, path, { got: codePointText(key, bad) });
    return undefined;
  }
}
