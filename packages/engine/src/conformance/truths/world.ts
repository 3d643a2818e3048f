/** What the scenarios of most experiments have in common: one service on a fixed fleet of VMs. */

export interface WorldParts {
  readonly load: Readonly<Record<string, unknown>>;
  /** The law of the service time, as the scenario format writes it. */
  readonly time: Readonly<Record<string, unknown>>;
  /** Servers of a pod, at most 4096. */
  readonly slots: number;
  readonly pods?: number;
  readonly queueLimit?: number;
  readonly balancer?: string;
  /** Of a machine; 1 if absent. */
  readonly cores?: number;
  /** Further fields of the service. */
  readonly service?: Readonly<Record<string, unknown>>;
}

/** What a service may have at most; no queue of a stable system comes near it. */
const ENDLESS_QUEUE = 1_000_000;

/** A fleet of machines: as many slots per core as the service says. */
export function worldOf(parts: WorldParts): Readonly<Record<string, unknown>> {
  const { load, time, slots, pods = 1, queueLimit = ENDLESS_QUEUE, balancer = 'random' } = parts;
  const station = {
    time,
    cpuPerRequest: '1us',
    concurrency: slots,
    queue: { limit: queueLimit },
    balancer,
    ...parts.service,
  };
  return {
    load: [load],
    services: { station },
    strategies: [
      {
        kind: 'vm-peak',
        vm: { type: `machine-${parts.cores ?? 1}`, reservedCpu: '0m' },
        count: Math.max(1, pods),
      },
    ],
  };
}

/** `rate` requests per time unit of `unit` µs. */
export const rateText = (rate: number, unit: number) =>
  `${Number(((rate * 1e6) / unit).toPrecision(14))}/s`;

/** The longest that a client waits. */
const LONGEST_TIMEOUT = 600_000_000;

/** Clients give up only after a time that hardly any request reaches. */
export function patientClient(longest: number, unit: number): Readonly<Record<string, string>> {
  return { timeout: `${Math.max(1000, Math.min(LONGEST_TIMEOUT, Math.ceil(longest * unit)))}us` };
}
