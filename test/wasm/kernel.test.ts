/** The WebAssembly build as such; that its bits are right is test/oracle/fast-path.test.ts. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type CreateKernel,
  FRAME_COLUMNS,
  type FrameLengths,
  typescriptKernel,
} from '../../packages/engine/src/flow/fast/build.ts';
import { wasmKernel } from '../../packages/wasm/src/index.ts';

const LENGTHS = Object.fromEntries(
  Object.keys(FRAME_COLUMNS).map((column, i) => [column, i + 3]),
) as FrameLengths;

afterEach(() => void vi.unstubAllGlobals());

test('the binary is what its sources say', async () => {
  const build = new URL('../../packages/wasm/build.mjs', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [build, '--check']);
  expect(stdout).toContain('what its sources say');
}, 60_000);

test('without WebAssembly, or without its SIMD, there is none', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(wasmKernel()).toBeNull();
  vi.stubGlobal('WebAssembly', { validate: () => false });
  expect(wasmKernel()).toBeNull();
});

describe.each([
  ['ts', typescriptKernel],
  ['wasm', wasmKernel() as CreateKernel],
])('columns of the %s kernel', (name, create) => {
  test('are as long as asked for, zero, and do not overlap', () => {
    const { frame, ...kernel } = create(LENGTHS);
    expect(kernel.name).toBe(name);
    Object.values(frame).forEach((column, i) => {
      expect(column).toHaveLength(i + 3);
      expect(column.every((value: number) => value === 0)).toBe(true);
      column.fill(i + 1);
    });
    Object.values(frame).forEach((column, i) => {
      expect(column.every((value: number) => value === i + 1)).toBe(true);
    });
  });

  test('keep their values when one grows, far beyond the memory there was', () => {
    const kernel = create(LENGTHS);
    kernel.frame.time.fill(7);
    kernel.frame.ring.fill(8);
    kernel.resize('ring', 300_000);
    expect(kernel.frame.ring).toHaveLength(300_000);
    expect(kernel.frame.ring.filter((value) => value === 8)).toHaveLength(LENGTHS.ring);
    expect(kernel.frame.time.every((value) => value === 7)).toBe(true);
  });
});
