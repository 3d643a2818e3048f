/** `peakless schema`: the scenario format for editors and for people. */
import { jsonSchema, scenarioFormatMarkdown } from '@peakless/engine';
import { EXIT, type ExitCode } from '../exit-code.ts';

export function schema(options: { readonly markdown?: boolean }): ExitCode {
  const text = options.markdown ? scenarioFormatMarkdown() : JSON.stringify(jsonSchema(), null, 2);
  process.stdout.write(`${text.trimEnd()}\n`);
  return EXIT.ok;
}
