/** What the leases of a run cost: those of one instance type under one plan are billed together. */
import type { Usage } from '../finance/plan.ts';
import { assert } from '../kernel/assert.ts';
import { MICROSECONDS_PER_HOUR } from '../kernel/units.ts';
import type { Lease } from '../ledger/ledger.ts';
import type { Machines, Model } from '../model.ts';
import type { CostItem } from '../outcome.ts';
import type { Run } from '../simulate.ts';

export interface PaidMachines {
  readonly item: Lease['item'];
  readonly machines: Machines;
  readonly usages: readonly Usage[];
}

/** By item, type and plan, in the order of what the strategy provisions. */
export function paidMachines({ model, ledger }: Run): readonly PaidMachines[] {
  const groups = new Map<string, PaidMachines & { readonly usages: Counted[] }>();
  for (const { item, machines } of pricedOf(model)) {
    groups.set(keyOf(item, machines.type, machines.planName), { item, machines, usages: [] });
  }
  const { planName } = model.provision.machines;
  for (const { item: leased, type, plan, from, to } of ledger.leases) {
    const group = groups.get(keyOf(leased, type, plan ?? planName));
    assert(group !== undefined, `a lease of ${type} (${plan}) that nobody can pay for`);
    addLease(group.usages, from, to ?? model.horizon);
  }
  const all = [...groups.values()];
  // The first is shown in any case: nothing was used of what the strategy is about.
  return all.filter(({ usages }, i) => i === 0 || usages.length > 0);
}

type Counted = { -readonly [K in keyof Usage]: Usage[K] };

/** Leases that are alike come one after the other: a fleet is one usage. */
function addLease(usages: Counted[], from: number, to: number): void {
  const last = usages.at(-1);
  if (last?.from === from && last.to === to) last.count += 1;
  else usages.push({ from, to, count: 1 });
}

function keyOf(item: string, type: string, plan: string): string {
  return `${item}|${type}|${plan}`;
}

type Priced = Pick<PaidMachines, 'item' | 'machines'>;

function pricedOf({ provision }: Model): readonly Priced[] {
  if (provision.kind !== 'cluster') return [{ item: 'vm', machines: provision.machines }];
  return provision.pools.flatMap(({ offerings }) =>
    offerings.map(({ item, machines }) => ({ item: item ?? ('node' as const), machines })),
  );
}

/** Money for `billed` µs of machine time, whole micro-units. */
export function amount(billed: number, perHour: number): number {
  return Math.round((billed / MICROSECONDS_PER_HOUR) * perHour);
}

/** What they cost within [0, until), whole micro-units. */
export function machineCost({ machines, usages }: PaidMachines, until: number): number {
  return amount(machines.plan(usages, until), machines.perHour);
}

/** What is billed for them within [0, until). */
export function machineItem({ item, machines, usages }: PaidMachines, until: number): CostItem {
  const { type, plan, planName, perHour } = machines;
  const billed = plan(usages, until);
  const hours = billed / MICROSECONDS_PER_HOUR;
  return { item, type, plan: planName, hours, perHour, amount: amount(billed, perHour) };
}
