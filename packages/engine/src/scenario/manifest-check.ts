/**
 * Kubernetes objects against the API's own schema (kubernetes-models, generated from the OpenAPI
 * document of Kubernetes). Its validators are compiled code that does not refuse unknown keys; but
 * a key that they never read while they validate an object is one that the API does not know, so
 * the object is handed to them behind a proxy that records what they read.
 *
 * The packages take tens of milliseconds to load: this file is imported only when a scenario has
 * objects.
 */
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';

type Steps = readonly (string | number)[];

export interface ManifestError {
  readonly path: Steps;
  /** JSON Schema keyword: type, enum, required, format, … */
  readonly keyword: string;
  readonly message: string;
  readonly missing?: string;
}

export interface UnknownField {
  readonly path: Steps;
  readonly known: readonly string[];
}

export interface ManifestFindings {
  readonly errors: readonly ManifestError[];
  readonly unknown: readonly UnknownField[];
}

export type ManifestKind = 'Deployment' | 'HorizontalPodAutoscaler';

interface Validator {
  readonly prototype: { validate(): void };
}

const VALIDATORS: Readonly<Record<ManifestKind, Validator>> = {
  Deployment,
  HorizontalPodAutoscaler,
};

interface Visit {
  readonly path: Steps;
  readonly keys: readonly string[];
  readonly read: Set<string>;
  /** The validator went over all keys: a map such as labels. */
  enumerated: boolean;
}

/** What the API would say about `object`, a plain value without nulls. */
export function checkManifest(kind: ManifestKind, object: object): ManifestFindings {
  const visits: Visit[] = [];
  const errors = validationErrors(kind, watched(object, [], visits));
  const unknown = visits.flatMap((visit) => {
    if (visit.enumerated || visit.read.size === 0) return [];
    const keys = visit.keys.filter((key) => !visit.read.has(key));
    return keys.map((key) => ({ path: [...visit.path, key], known: [...visit.read] }));
  });
  return { errors, unknown };
}

function watched(object: object, path: Steps, visits: Visit[]): object {
  const visit: Visit = { path, keys: Object.keys(object), read: new Set(), enumerated: false };
  const isList = Array.isArray(object);
  if (!isList) visits.push(visit);
  const inner = new Map<string, object>();
  return new Proxy(object, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key !== 'string') return value;
      visit.read.add(key);
      if (typeof value !== 'object' || value === null) return value;
      const known = inner.get(key);
      if (known !== undefined) return known;
      const child = watched(value, [...path, isList ? Number(key) : key], visits);
      inner.set(key, child);
      return child;
    },
    ownKeys(target) {
      visit.enumerated = true;
      return Reflect.ownKeys(target);
    },
  });
}

interface RawError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params?: { readonly missingProperty?: string };
}

/** The first error of each place: a value of the wrong type fails several keywords at once. */
function validationErrors(kind: ManifestKind, object: object): ManifestError[] {
  const raw = thrownErrors(kind, object);
  const places = new Set<string>();
  return raw.flatMap((error) => {
    const missing = error.params?.missingProperty;
    const place = `${error.instancePath} ${missing ?? ''}`;
    if (places.has(place)) return [];
    places.add(place);
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const { keyword, message = 'is not valid' } = error;
    return [{ path, keyword, message, ...(missing === undefined ? {} : { missing }) }];
  });
}

function thrownErrors(kind: ManifestKind, object: object): readonly RawError[] {
  try {
    VALIDATORS[kind].prototype.validate.call(object);
    return [];
  } catch (error) {
    const { errors } = error as { readonly errors?: readonly RawError[] };
    if (errors === undefined) throw error;
    return errors;
  }
}
