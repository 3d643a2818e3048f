/** `peakless digest`: do two machines, versions or settings give the same? One line tells. */
import type { CellDigest } from '@peakless/engine';
import { digestScenario, type ScenarioDigest } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { type Interrupt, listenForInterrupt } from '../interrupt.ts';
import { type DigestOptions, runOptions } from '../options.ts';
import { readScenarios, type ScenarioInput } from '../scenario-input.ts';
import { openSession, type Session } from '../session.ts';
import { openProgress } from '../terminal/progress.ts';

export async function digest(files: readonly string[], options: DigestOptions): Promise<ExitCode> {
  const session = openSession(options);
  const { terminal, words } = session;
  const inputs = await readScenarios(files, options, session);
  if (inputs === undefined) return EXIT.invalid;
  const interrupt = listenForInterrupt(() => terminal.note(words.interrupted));
  const digests: ScenarioDigest[] = [];
  for (const [index, input] of inputs.entries()) {
    if (interrupt.signal.aborted) {
      terminal.error(words.notStarted(files.slice(index).join(', ')));
      break;
    }
    const found = await digestOne(input, options, session, interrupt);
    if (found === undefined) {
      terminal.error(words.noDigest(input.scenario.name));
      continue;
    }
    digests.push(found);
    if (!options.json) print(found, options, session);
  }
  interrupt.release();
  if (options.json) printJson(digests, files.length, session);
  return interrupt.exitCode() ?? EXIT.ok;
}

async function digestOne(
  { scenario }: ScenarioInput,
  options: DigestOptions,
  { terminal, words }: Session,
  { signal }: Interrupt,
): Promise<ScenarioDigest | undefined> {
  const progress = openProgress(scenario.name, terminal, words);
  signal.addEventListener('abort', progress.end, { once: true });
  try {
    return await digestScenario(scenario, {
      signal,
      onProgress: progress.show,
      ...runOptions(options),
    });
  } finally {
    progress.end();
  }
}

/** For scripts, hence the same in every language: the hash first, then what it is the hash of. */
function print(found: ScenarioDigest, { cells }: DigestOptions, { terminal }: Session): void {
  const { sha256, scenario, engineModel, seed, replications } = found;
  const facts = [
    `model=${engineModel}`,
    `scenario=${scenario.hash}`,
    `replications=${replications}`,
    `seed=${/^[\w.-]+$/.test(seed) ? seed : JSON.stringify(seed)}`,
  ];
  terminal.result(`${sha256}  ${scenario.name}  ${terminal.colors.dim(facts.join(' '))}`);
  if (cells) for (const cell of found.cells) terminal.result(cellLine(cell));
}

function cellLine({ sha256, strategy, replication }: CellDigest): string {
  return `  ${sha256}  ${strategy}  replication=${replication}`;
}

/** One digest as it is; for several scenarios a list, even if Ctrl-C left fewer. */
function printJson(
  digests: readonly ScenarioDigest[],
  scenarios: number,
  { terminal }: Session,
): void {
  const texts = digests.map((one) => JSON.stringify({ format: 'peakless-digest/1', ...one }));
  if (scenarios > 1) terminal.result(`[${texts.join(',\n')}]`);
  else if (texts[0] !== undefined) terminal.result(texts[0]);
}
