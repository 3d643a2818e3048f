/**
 * Assertions are documentation and stay on in production: a broken invariant stops the run rather
 * than letting it give a wrong number. Called per control event, never per request.
 */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
  readonly code = 'E_INVARIANT';
}

/** @throws InvariantError E_INVARIANT when the condition does not hold: a defect of the engine. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
