/** A scenario file from the user's disk: it lives in this browser tab only. */

export interface OwnFile {
  readonly name: string;
  readonly text: string;
}

const STORED = 'peakless-own-file';

/** @throws TypeError for text that is not UTF-8: a scenario is never repaired silently. */
export function decodeText(bytes: ArrayBuffer): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

export function keepOwnFile(file: OwnFile): void {
  sessionStorage.setItem(STORED, JSON.stringify(file));
}

export function ownFile(): OwnFile | null {
  const text = sessionStorage.getItem(STORED);
  return text === null ? null : (JSON.parse(text) as OwnFile);
}

/** The limit of a scenario (docs/scenario-format.md): a larger file is something else. */
export const OWN_FILE_MAX = 256 * 1024;
