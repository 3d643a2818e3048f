/**
 * A price book: dated prices per instance type, each with its source. A price that is not in the
 * book is an error or "unknown", never 0.
 */
export interface PriceBook {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** ISO date of the prices. */
  readonly asOf: string;
  readonly source: string;
  /** Plan name → source, where it differs from `source`. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Fee of the managed control plane per cluster and hour, micro-units. */
  readonly controlPlane?: { readonly perHour: number; readonly source: string };
  /** What serverless pods cost; absent = the book does not say. */
  readonly pods?: PodPrices;
  readonly types: Readonly<Record<string, InstanceType>>;
}

/** Serverless pods are paid by what they request, by the second. */
export interface PodPrices {
  /** Per vCPU and hour, and per GiB and hour, micro-units. */
  readonly cpuPerHour: number;
  readonly memoryPerHour: number;
  /** Least time that is billed, µs. */
  readonly minimum: number;
  readonly source: string;
}

export interface InstanceType {
  /** Millicores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Plan name → price per hour in micro-units of the book's currency. */
  readonly perHour: Readonly<Record<string, number>>;
  /** Plan name → source, where it differs from the book's. */
  readonly sources?: Readonly<Record<string, string>>;
}
