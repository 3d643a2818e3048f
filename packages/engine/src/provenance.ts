/** What identifies the engine in a result: two results with the same numbers here are comparable. */
export const ENGINE_VERSION = '0.1.0';

/** Increases whenever a golden outcome changes on purpose; CHANGELOG says why. */
export const ENGINE_MODEL = 1;
