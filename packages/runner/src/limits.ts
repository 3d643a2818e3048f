/** How large the files of a scenario may be. Checked before they are read. */
export const LIMITS = {
  scenario: 256 * 1024,
  manifests: 1024 * 1024,
  priceBook: 1024 * 1024,
  table: 16 * 1024 * 1024,
  vectors: 256 * 1024 * 1024,
} as const;

/** Lexical parts of a YAML text: more take seconds to parse. */
export const MAX_TOKENS = 300_000;
/** Rows of a CSV table. */
export const MAX_ROWS = 1_000_000;

export function sizeText(bytes: number): string {
  if (bytes < 10_240) return `${bytes} bytes`;
  const kibibytes = bytes / 1024;
  return kibibytes < 10_240 ? `${Math.ceil(kibibytes)} kB` : `${Math.ceil(kibibytes / 1024)} MB`;
}
