/** What identifies the engine in a result: results are comparable when these agree. */
export const ENGINE_VERSION = '0.1.0';

/** Increases whenever a golden outcome changes on purpose; CHANGELOG says why. */
export const ENGINE_MODEL = 3;
