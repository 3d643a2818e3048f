/**
 * One number for "the same result": SHA-256 over a canonical form, equal wherever the results are
 * equal. The form is that of RFC 8785: JSON without blanks, keys in UTF-16 code-unit order, numbers
 * as ECMAScript prints them (−0 is 0), arrays in their order. What JSON cannot say is an error:
 * JSON.stringify would turn NaN into null and leave undefined out, and two results would agree.
 *
 * A scenario's digest is that of the list of its cells' digests: memory holds one cell at a time,
 * and a difference can be traced to its cell. Neither version nor machine is part of it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CellResult } from './cell.ts';
import { assert } from './kernel/assert.ts';

/** A strategy under one replication, and the digest of all that came of it. */
export interface CellDigest {
  readonly strategy: string;
  readonly replication: number;
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Outcome, series, decisions, pods, requests and notes of one cell. */
export function digestCell(result: CellResult): CellDigest {
  const { strategy, replication } = result.outcome;
  const { flows: _flows, ...whatCameOut } = result;
  return { strategy, replication, sha256: digestOf(whatCameOut) };
}

/** Of all cells, replication by replication, strategies in the order of the scenario. */
export function digestCells(cells: readonly CellDigest[]): string {
  return digestOf(cells);
}

/**
 * SHA-256 of the canonical form of plain data, 64 hexadecimal digits.
 *
 * @throws InvariantError for what JSON cannot say: NaN, Infinity, undefined, functions, a Map …
 */
export function digestOf(value: unknown): string {
  const hash = sha256.create();
  const sink = new CanonicalSink((text) => hash.update(utf8ToBytes(text)));
  sink.write(value, 'value');
  sink.flush();
  return bytesToHex(hash.digest());
}

/** SHA-256 of a text (UTF-8), 64 hexadecimal digits: browsers have one in secure contexts only. */
export function sha256Of(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Hashing bytes costs least in long pieces; a run's series is megabytes long. */
const PIECE = 1 << 16;
/** A result is nested less than ten deep: what is deeper refers to itself. */
const MAX_DEPTH = 64;

/** Writes values in canonical form, in pieces of about 64 KiB. */
class CanonicalSink {
  private readonly emit: (text: string) => void;
  private text = '';
  private depth = 0;

  constructor(emit: (text: string) => void) {
    this.emit = emit;
  }

  /** `name` says in errors which value it is. */
  write(value: unknown, name: string): void {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') {
      // Escapes as RFC 8785 wants it; a lone surrogate becomes \udXXX, so that it survives UTF-8.
      this.put(JSON.stringify(value));
    } else if (typeof value === 'number') {
      assert(Number.isFinite(value), `no digest of ${name}: it is ${value}`);
      this.put(JSON.stringify(value));
    } else if (Array.isArray(value)) {
      this.nested(name, () => this.array(value, name));
    } else {
      assert(isRecord(value), `no digest of ${name}: it is ${kindOf(value)}`);
      this.nested(name, () => this.record(value, name));
    }
  }

  flush(): void {
    this.emit(this.text);
    this.text = '';
  }

  private put(text: string): void {
    this.text += text;
    if (this.text.length >= PIECE) this.flush();
  }

  private nested(name: string, inside: () => void): void {
    assert(this.depth < MAX_DEPTH, `no digest of ${name}: more than ${MAX_DEPTH} levels deep`);
    this.depth += 1;
    inside();
    this.depth -= 1;
  }

  private array(values: readonly unknown[], name: string): void {
    this.put('[');
    // By index: forEach would pass over holes.
    for (let i = 0; i < values.length; i++) {
      if (i > 0) this.put(',');
      this.write(values[i], name);
    }
    this.put(']');
  }

  private record(value: Readonly<Record<string, unknown>>, name: string): void {
    this.put('{');
    // Without a comparator sort() orders by UTF-16 code units, in every language.
    for (const [i, key] of Object.keys(value).sort().entries()) {
      this.put(`${i > 0 ? ',' : ''}${JSON.stringify(key)}:`);
      this.write(value[key], `${name}.${key}`);
    }
    this.put('}');
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return kindOf(value) === 'Object';
}

/** `Object`, `Undefined`, `Function`, `BigInt`, `Map`, `Float64Array` … */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
