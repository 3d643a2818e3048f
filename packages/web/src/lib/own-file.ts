/** A scenario file from the user's disk: it lives in this browser tab only. */

export interface OwnFile {
  readonly name: string;
  readonly text: string;
}

const STORED = 'peakless-own-file';

export function keepOwnFile(file: OwnFile): void {
  sessionStorage.setItem(STORED, JSON.stringify(file));
}

export function ownFile(): OwnFile | null {
  const text = sessionStorage.getItem(STORED);
  return text === null ? null : (JSON.parse(text) as OwnFile);
}

/** The server takes 1 MB; a scenario is text, so a larger file is something else. */
export const OWN_FILE_MAX = 900_000;
