/** Undefined = this machine has none. */
export declare const CHROMIUM: string | undefined;
export declare const NO_CHROMIUM: string;
export declare const ARGUMENTS: readonly string[];
