/** What a rule does not hold for: one file and one rule at a time, with the reason. */
export interface Exemption {
  readonly rule: string;
  readonly path: string;
  /** The message starts with this; so that the rest of the file stays under the rule. */
  readonly message: string;
  readonly reason: string;
}

const KERNEL_LOOP =
  'a loop over requests that keeps all its columns and sums in locals: they cannot cross a function';

export const EXEMPTIONS: readonly Exemption[] = ['narrow', 'wide', 'one-pod'].map((loop) => ({
  rule: 'size',
  path: `packages/engine/src/flow/fast/${loop}.ts`,
  message: 'function of',
  reason: KERNEL_LOOP,
}));
