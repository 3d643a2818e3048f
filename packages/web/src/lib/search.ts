/**
 * The query string of a share link, readable by people:
 * `?set.peakRate=9000&seed=7&replications=3&lang=zh-CN`.
 */

/** What a link says about the run; absent = as the scenario says. */
export interface RunSearch {
  readonly set?: Readonly<Record<string, string>>;
  readonly seed?: string;
  readonly replications?: number;
  readonly lang?: string;
}

/** Equal keys ask for the same run. */
export function runKey({ set = {}, seed, replications }: RunSearch): string {
  return JSON.stringify([Object.entries(set).sort(), seed ?? null, replications ?? null]);
}

const SET = 'set.';

export function parseSearch(text: string): RunSearch {
  const set: Record<string, string> = {};
  let found: Omit<RunSearch, 'set'> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    if (key.startsWith(SET) && key.length > SET.length) set[key.slice(SET.length)] = value;
    else if (key === 'seed' && value !== '') found = { ...found, seed: value };
    else if (key === 'lang') found = { ...found, lang: value };
    else if (key === 'replications' && /^([1-9]\d{0,2}|1000)$/.test(value)) {
      found = { ...found, replications: Number(value) };
    }
  }
  return Object.keys(set).length === 0 ? found : { ...found, set };
}

export function stringifySearch(search: RunSearch): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search.set ?? {})) query.append(SET + name, value);
  if (search.seed !== undefined) query.append('seed', search.seed);
  if (search.replications !== undefined) query.append('replications', String(search.replications));
  if (search.lang !== undefined) query.append('lang', search.lang);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The same search with only what is known and well-formed; for the router. */
export function validateSearch(search: Readonly<Record<string, unknown>>): RunSearch {
  const { set, seed, replications, lang } = search as RunSearch;
  return {
    ...(set === undefined ? {} : { set }),
    ...(seed === undefined ? {} : { seed }),
    ...(replications === undefined ? {} : { replications }),
    ...(lang === undefined ? {} : { lang }),
  };
}
