/** How far the simulation is: a bar on a terminal, else a line every few seconds. */
import type { Progress } from '@peakless/runner';
import bars from 'cli-progress';
import type { Terminal } from './terminal.ts';
import type { Words } from './words.ts';

export interface ProgressDisplay {
  readonly show: (progress: Progress) => void;
  /** Takes the bar away. */
  readonly end: () => void;
}

/** Without a terminal: milliseconds to the first line, and between two lines. */
const FIRST_LINE = 1000;
const LINE_INTERVAL = 5000;

export function openProgress(title: string, terminal: Terminal, words: Words): ProgressDisplay {
  if (terminal.quiet) return { show: () => {}, end: () => {} };
  return terminal.interactive ? openBar(title, words) : openLines(title, terminal, words);
}

function openBar(title: string, words: Words): ProgressDisplay {
  const bar = new bars.SingleBar(
    {
      stream: process.stderr,
      format: (options, params, payload) =>
        `${payload.title} ${bars.Format.BarFormat(params.progress, options)} ${payload.text}`,
      clearOnComplete: true,
      hideCursor: true,
      stopOnComplete: false,
      // Ctrl-C is ours: the bar would end the process.
      gracefulExit: false,
      barsize: 30,
    },
    bars.Presets.shades_classic,
  );
  let state: 'new' | 'shown' | 'ended' = 'new';
  return {
    show: (progress) => {
      const payload = { title, text: describe(progress, words) };
      if (state === 'new') bar.start(1, progress.share, payload);
      else if (state === 'shown') bar.update(progress.share, payload);
      if (state === 'new') state = 'shown';
    },
    end: () => {
      if (state === 'shown') bar.stop();
      state = 'ended';
    },
  };
}

function openLines(title: string, terminal: Terminal, words: Words): ProgressDisplay {
  let due = FIRST_LINE;
  return {
    show: (progress) => {
      if (progress.elapsed < due) return;
      due = progress.elapsed + LINE_INTERVAL;
      terminal.note(`${title}: ${describe(progress, words)}`);
    },
    end: () => {},
  };
}

function describe({ share, cellsDone, cellsTotal, remaining }: Progress, words: Words): string {
  const parts = [`${Math.floor(share * 100)} %`, words.simulated(cellsDone, cellsTotal)];
  if (remaining !== null) parts.push(words.remaining(clock(remaining)));
  return parts.join(' · ');
}

/** `1:02:03` or `2:03`. */
function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const head = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${head}:${two(seconds % 60)}`;
}
