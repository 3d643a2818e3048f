import type { ScenarioDigest } from '../../packages/runner/src/index.ts';

interface DigestPage {
  /** Of the browser. */
  readonly version: string;
  readonly digest: (
    /** Absolute path of a bundled scenario. */
    file: string,
    options: {
      /** As `--set`. */
      readonly set?: Readonly<Record<string, string>>;
      /** How to run, by the names of the command line's options. */
      readonly settings?: Readonly<Record<string, string>>;
    },
  ) => Promise<ScenarioDigest>;
  readonly close: () => Promise<void>;
}

/** Rejects where the machine has no Chromium. */
export declare function openDigestPage(): Promise<DigestPage>;
