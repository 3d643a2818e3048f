/** Every file of the engine starts with its idea, in a doc comment. */
import { isEngine, type SourceFile, type Violation } from '../source.ts';

export function checkHeader(file: SourceFile): readonly Violation[] {
  if (!isEngine(file.path) || /^\/\*\*\s*\n? ?\*? ?\S/.test(file.text)) return [];
  return [{ path: file.path, line: 1, message: 'starts without a doc comment: say its idea' }];
}
