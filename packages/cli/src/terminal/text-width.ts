/** Text on a grid of columns, where Chinese characters take two. */

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/;

/** Columns that `text` takes; it must hold no colours. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** Lines of at most `width` columns, broken at spaces or beside a wide character. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line.trim() !== '' && textWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** Words with the space after them; wide characters one by one, with what may not start a line. */
function piecesOf(text: string): readonly string[] {
  return text.match(PIECE) ?? [];
}

const PIECE = new RegExp(
  `${WIDE.source}[、。,;:!?)】”》]*\\s*|(?:(?!${WIDE.source})\\S)+[、。,;:!?)】”》]*\\s*|\\s+`,
  'gu',
);
