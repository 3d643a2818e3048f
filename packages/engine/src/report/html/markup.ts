/**
 * HTML from template literals in which every inserted text is escaped: a name from a scenario file
 * can never become an element, an attribute or a script.
 */

/** Text that is HTML already. */
export interface Markup {
  readonly markup: string;
}

type Inserted = string | number | Markup | readonly Markup[];

export function html(parts: TemplateStringsArray, ...values: readonly Inserted[]): Markup {
  let markup = parts[0];
  values.forEach((value, i) => {
    markup += insert(value) + parts[i + 1];
  });
  return { markup };
}

export const NOTHING: Markup = { markup: '' };

function insert(value: Inserted): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if ('markup' in value) return value.markup;
  return value.map(({ markup }) => markup).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** JSON that cannot end the script element it stands in. */
export function scriptJson(value: unknown): Markup {
  return { markup: JSON.stringify(value).replaceAll('<', '\\u003c') };
}

/** Keeps a number and its unit on one line. */
export function unbroken(text: string): string {
  return text.replace(
    /(\d) (?=(?:%|µs|ms|s|min|h|d|pp|core-h|秒|分|小时|天|核时)(?![A-Za-z]))/g,
    '$1\u00a0',
  );
}
