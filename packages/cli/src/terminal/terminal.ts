/**
 * The two streams and what may be done with them: results go to standard output, everything else
 * to standard error. Each has colours only if it is a terminal of its own, or if asked for.
 */
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export interface Terminal {
  /** A block of the result; a line end is added. */
  readonly result: (text: string) => void;
  /** Shown unless --quiet. */
  readonly note: (text: string) => void;
  readonly error: (text: string) => void;
  /** Of standard output and of standard error. */
  readonly colors: Colors;
  readonly noteColors: Colors;
  readonly quiet: boolean;
  /** Somebody looks at standard error while it is written. */
  readonly interactive: boolean;
  /** Of standard output; unlimited unless it is a terminal. */
  readonly columns: number;
}

export function openTerminal(options: {
  readonly color: boolean;
  readonly quiet?: boolean;
}): Terminal {
  const { stdout, stderr, env } = process;
  const quiet = options.quiet === true;
  const colorsFor = (stream: NodeJS.WriteStream) =>
    pc.createColors(
      options.color && !env.NO_COLOR && (Boolean(env.FORCE_COLOR) || isColorful(stream)),
    );
  return {
    result: (text) => void stdout.write(`${text}\n`),
    note: (text) => void (quiet || stderr.write(`${text}\n`)),
    error: (text) => void stderr.write(`${text}\n`),
    colors: colorsFor(stdout),
    noteColors: colorsFor(stderr),
    quiet,
    interactive: stderr.isTTY === true,
    columns: stdout.isTTY ? (stdout.columns ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
  };
}

function isColorful(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}

/**
 * A reader that has seen enough (`| head`) is no error: what follows goes nowhere, and the work,
 * reports included, goes on.
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
