/** How cells are simulated: by which mechanism and build of the kernel. Never what comes out. */
import {
  compile,
  type FlowNote,
  type KernelName,
  type PathOptions,
  type Scenario,
} from '@peakless/engine';
import { wasmKernel } from '@peakless/wasm';

/** Plain data, for worker threads. */
export interface PathChoice {
  /** Default: the fast path where the model allows it. */
  readonly path?: 'general' | 'fast';
  /** Default: wasm where this runtime has it. */
  readonly kernel?: KernelName;
}

/** `--path fast` or `--kernel wasm` where there is none. */
export class PathError extends Error {
  readonly code = 'E_USAGE';

  constructor(message: string) {
    super(message);
    this.name = 'PathError';
  }
}

export function pathOptions({ path, kernel }: PathChoice): PathOptions {
  const createKernel = kernel === 'ts' ? null : wasmKernel();
  return { ...(path && { path }), ...(createKernel && { createKernel }) };
}

/** @throws PathError when a forced choice cannot be had */
export function checkPaths(scenario: Scenario, { path, kernel }: PathChoice): void {
  if (kernel === 'wasm' && wasmKernel() === null) {
    throw new PathError('--kernel wasm: this Node has no WebAssembly with SIMD; use --kernel ts');
  }
  if (path !== 'fast') return;
  const refused = compile(scenario, scenario.baseline, 0)
    .services.map(({ flow }) => flow)
    .filter(({ reason }) => reason !== null);
  if (refused.length > 0) throw new PathError(explain(scenario, refused));
}

function explain({ name }: Scenario, refused: readonly FlowNote[]): string {
  const reasons = refused.map(({ service, reason }) => `service ${service} (${reason})`);
  return `--path fast: ${name} needs the general path for ${reasons.join(', ')}; leave --path out`;
}
