/** Which text a scenario may contain: no control characters, no half surrogate pairs. */

/** Index of the first character that is refused, or −1. Tab and line feed are allowed. */
export function badCharacter(text: string): number {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a) return i;
    if (unit >= 0x7f && unit <= 0x9f) return i;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const next = text.charCodeAt(i + 1);
      const paired = unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
      if (!paired) return i;
      i += 1;
    }
  }
  return -1;
}

export function codePointText(text: string, index: number): string {
  return `U+${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Names that some file systems reserve: a name may become part of a report's file name. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A lower-case DNS label. */
export function isName(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text) && !isReservedName(text);
}

export function isReservedName(text: string): boolean {
  return RESERVED.test(text);
}

export function isVariableName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(text);
}

/** As the custom and external metrics APIs take them in a path. */
export function isMetricName(text: string): boolean {
  return /^[A-Za-z][-A-Za-z0-9_.:]{0,126}$/.test(text) && !text.includes('..');
}
