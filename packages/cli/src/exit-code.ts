/** What the process says to its caller; scripts and CI rely on these numbers. */
export const EXIT = {
  ok: 0,
  /** Something outside the scenario went wrong: a file, the disk, a fault of the program. */
  failure: 1,
  /** The command line is not understood. */
  usage: 2,
  /** A threshold of level error is not met. */
  threshold: 99,
  /** A scenario is invalid. */
  invalid: 104,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
