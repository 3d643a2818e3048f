/** What Karpenter may launch: instance types by name, or all of a family that the book prices. */
import type { PriceBook } from '../finance/price-book.ts';

interface Wanted {
  /** Of the nodes that are there from the start: it comes first. */
  readonly type: string;
  /** Names or families; absent = the family of `type`. */
  readonly instanceTypes?: readonly string[];
  /** What the system keeps of each node: millicores and bytes. */
  readonly reservedCpu: number;
  readonly reservedMemory: number;
}

export function karpenterTypes(book: PriceBook, wanted: Wanted, plan: string): readonly string[] {
  const { type, instanceTypes = [familyOf(type)] } = wanted;
  const types = instanceTypes.flatMap((name) =>
    Object.hasOwn(book.types, name) ? [name] : familyTypes(book, name, wanted, plan),
  );
  const first = types.includes(type) ? [type] : [];
  return [...new Set([...first, ...types])];
}

/** `c7i.4xlarge` → `c7i`, `ecs.c7.large` → `ecs.c7`. */
export function familyOf(type: string): string {
  const dot = type.lastIndexOf('.');
  return dot < 0 ? type : type.slice(0, dot);
}

/** Bare metal is launched only where it is named. */
export function familyTypes(
  { types }: PriceBook,
  family: string,
  { reservedCpu, reservedMemory }: Pick<Wanted, 'reservedCpu' | 'reservedMemory'>,
  plan: string,
): readonly string[] {
  return Object.entries(types)
    .filter(([name, { cpu, memory, perHour }]) => {
      if (familyOf(name) !== family || name.slice(family.length + 1).startsWith('metal')) {
        return false;
      }
      return perHour[plan] !== undefined && cpu > reservedCpu && memory > reservedMemory;
    })
    .map(([name]) => name);
}
