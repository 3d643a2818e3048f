/**
 * Price books: dated prices per instance type and plan, each with its source. A scenario may add or
 * replace prices of listed types under `prices.overrides`.
 */
import Type, { type Static } from 'typebox';
import { PLANS, type PlanName } from '../finance/index.ts';
import type { InstanceType, PriceBook } from '../finance/price-book.ts';
import { listed, type Reporter } from './diagnostics.ts';
import { checkEnum, type FieldContext } from './field-values.ts';
import * as f from './fields.ts';
import { PodPricesSchema } from './schema-pod-prices.ts';
import { nodeAt, type Path, type SourceNode } from './source.ts';
import { didYouMean } from './suggest.ts';
import { walk } from './walk.ts';

const PLAN_NAMES = Object.keys(PLANS) as readonly PlanName[];

const perHour = (plan: string) => f.optional(f.money(`Price per hour, ${plan}.`, { min: 0 }));

const planSources = Type.Optional(
  Type.Record(Type.String(), f.string('Where the prices of this plan come from.'), {
    description: 'Plan → source, where it differs from the source above.',
  }),
);

const InstanceTypeSchema = Type.Object(
  {
    cpu: f.cpu('CPUs of the machine.', { min: '1m' }),
    memory: f.bytes('Memory of the machine.', { min: '1Mi' }),
    'on-demand': perHour('pay as you go'),
    'reserved-1y': perHour('reserved for one year, amortised'),
    'reserved-3y': perHour('reserved for three years, amortised'),
    spot: perHour('spot'),
    sources: planSources,
  },
  { description: 'An instance type with its prices; a plan without a price is not offered.' },
);

export const PriceBookSchema = Type.Object(
  {
    name: f.name('Name of the book.'),
    currency: f.string('ISO 4217 code.', { example: 'USD' }),
    asOf: f.string('Date of the prices, ISO 8601.', { example: '2026-07-20' }),
    source: f.string('Where the prices come from.'),
    sources: planSources,
    controlPlane: Type.Optional(
      Type.Object(
        {
          perHour: f.money('Price per cluster and hour.', { min: 0 }),
          source: f.string('Where the price comes from.'),
        },
        { description: 'The fee of the managed control plane.' },
      ),
    ),
    pods: Type.Optional(PodPricesSchema),
    types: Type.Record(Type.String(), InstanceTypeSchema, {
      description: 'Instance type → size and prices.',
      minProperties: 1,
      maxProperties: 5000,
    }),
  },
  { description: 'A price book.' },
);

type BookFile = Static<typeof PriceBookSchema>;
type TypeFile = Static<typeof InstanceTypeSchema>;

export function readPriceBook(node: SourceNode, reporter: Reporter): PriceBook | undefined {
  const before = reporter.diagnostics.length;
  const clock = { start: 0, utcOffset: 0, duration: 0 };
  const context: FieldContext = { reporter, clock };
  if (node.kind !== 'map') {
    reporter.report('E_TYPE', { at: node.at }, { problem: 'a price book is a map of fields' });
    return undefined;
  }
  const { value } = walk(PriceBookSchema, node, [], context);
  if (reporter.diagnostics.length > before) return undefined;
  const file = value as BookFile;
  checkWords(file, node, reporter);
  if (reporter.diagnostics.length > before) return undefined;
  const types = Object.entries(file.types).map(
    ([name, type]) => [name, instanceType(type)] as const,
  );
  const { name, currency, asOf, source, sources, controlPlane, pods } = file;
  return {
    name,
    currency,
    asOf,
    source,
    ...(sources === undefined ? {} : { sources }),
    ...(controlPlane === undefined ? {} : { controlPlane }),
    ...(pods === undefined ? {} : { pods }),
    types: Object.fromEntries(types),
  };
}

function instanceType(type: TypeFile): InstanceType {
  const prices = PLAN_NAMES.flatMap((plan) => {
    const price = type[plan];
    return price === undefined ? [] : [[plan, price] as const];
  });
  const { cpu, memory, sources } = type;
  const perPlan = Object.fromEntries(prices);
  return { cpu, memory, perHour: perPlan, ...(sources === undefined ? {} : { sources }) };
}

function checkWords(file: BookFile, node: SourceNode, reporter: Reporter): void {
  if (!/^[A-Z]{3}$/.test(file.currency)) {
    const where = { at: nodeAt(node, ['currency']).node.at, path: ['currency'] };
    const hint = 'write the ISO 4217 code, such as USD';
    reporter.report('E_NAME', where, { problem: 'not a currency code', got: file.currency, hint });
  }
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(file.asOf)) {
    const where = { at: nodeAt(node, ['asOf']).node.at, path: ['asOf'] };
    const facts = { problem: 'not a date', got: file.asOf, hint: 'write it as 2026-07-20' };
    reporter.report('E_TIME', where, facts);
  }
  const maps: readonly Path[] = [
    ['sources'],
    ...Object.keys(file.types).map((t) => ['types', t, 'sources']),
  ];
  for (const path of maps) {
    const { node: map, exact } = nodeAt(node, path);
    if (!exact || map.kind !== 'map') continue;
    for (const [plan, entry] of map.entries) {
      checkEnum(PLAN_NAMES, plan, { at: entry.keyAt, path: [...path, plan] }, reporter);
    }
  }
}

const OVERRIDE_SOURCE = 'prices.overrides of the scenario';

type Overrides = Readonly<Record<string, Readonly<Record<string, number | undefined>> | undefined>>;

/** The book with the scenario's own prices; `root` is the scenario, for positions. */
export function withOverrides(
  book: PriceBook,
  overrides: Overrides,
  root: SourceNode,
  reporter: Reporter,
): PriceBook {
  const types: Record<string, InstanceType> = { ...book.types };
  for (const [name, plans] of Object.entries(overrides)) {
    const path = ['prices', 'overrides', name];
    const type = Object.hasOwn(book.types, name) ? book.types[name] : undefined;
    if (type === undefined) {
      const known = Object.keys(book.types);
      const facts = { problem: `${book.name} has no type ${name}`, allowed: listed(known) };
      const where = { at: nodeAt(root, path).node.at, path };
      reporter.report('E_PRICE', where, { ...facts, ...didYouMean(name, known) });
      continue;
    }
    const prices: Record<string, number> = {};
    const sources: Record<string, string> = {};
    for (const [plan, price] of Object.entries(plans ?? {})) {
      const where = { at: nodeAt(root, [...path, plan]).node.at, path: [...path, plan] };
      if (checkEnum(PLAN_NAMES, plan, where, reporter) === undefined || price === undefined)
        continue;
      prices[plan] = price;
      sources[plan] = OVERRIDE_SOURCE;
    }
    types[name] = {
      ...type,
      perHour: { ...type.perHour, ...prices },
      sources: { ...type.sources, ...sources },
    };
  }
  return { ...book, types };
}
