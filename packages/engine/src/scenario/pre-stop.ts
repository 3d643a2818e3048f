/** How long a preStop hook sleeps: `sleep.seconds`, or an exec whose command is a sleep. */
import { child, type SourceNode } from './source.ts';

/** Seconds of a command as `["sleep", "15"]` or `["sh", "-c", "sleep 15"]`; null = no sleep. */
export function sleepOf(command: readonly unknown[]): number | null {
  const text = command.join(' ');
  const found = /(?:^|[\s;&|/])sleep\s+(\d+(?:\.\d+)?)s?(?=$|[\s;&|"'])/.exec(text);
  return found === null ? null : Number(found[1]);
}

/** Seconds of `lifecycle.preStop.exec` of a container; 0 = it has none that sleeps. */
export function execSleep(container: SourceNode | undefined): number {
  const preStop = child(child(container, 'lifecycle'), 'preStop');
  const command = child(child(preStop, 'exec'), 'command');
  if (command?.kind !== 'list') return 0;
  const words = command.items.map((item) => (item.kind === 'scalar' ? item.value : ''));
  return sleepOf(words) ?? 0;
}
