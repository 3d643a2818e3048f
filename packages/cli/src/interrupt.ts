/**
 * Ctrl-C (and SIGTERM) as an AbortSignal: the first one ends the work, and what is complete is
 * still written; one more, clearly later, ends the process at once.
 */
import { EXIT, type ExitCode } from './exit-code.ts';

/**
 * Under a package runner one key press can reach us twice: from the terminal and from the runner.
 */
const SAME_PRESS = 1000;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code of the signal that came; undefined = none did. */
  readonly exitCode: () => ExitCode | undefined;
  readonly release: () => void;
}

export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  let exitCode: ExitCode | undefined;
  let firstAt = 0;
  const on = (code: ExitCode) => () => {
    if (exitCode !== undefined) {
      if (performance.now() - firstAt > SAME_PRESS) process.exit(code);
      return;
    }
    exitCode = code;
    firstAt = performance.now();
    controller.abort();
    onFirst();
  };
  const onInterrupt = on(EXIT.interrupted);
  const onTerminate = on(EXIT.terminated);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    release: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
