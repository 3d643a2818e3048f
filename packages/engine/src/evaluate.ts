/**
 * evaluate: Run → CellResult. Pure folds over what was written down: cost over the leases,
 * utilization over CPU used and paid, the service level over the counts.
 */
import type { CellResult } from './cell.ts';
import { cpuRequests } from './evaluate/cpu-requests.ts';
import { amount, machineCost, machineItem, paidMachines } from './evaluate/machine-costs.ts';
import { requestTraces } from './evaluate/request-traces.ts';
import { spareRoom } from './evaluate/spare-room.ts';
import { startupOf } from './evaluate/startup-chain.ts';
import {
  FAILED,
  LATE,
  OFFERED,
  REJECTED,
  SERVED,
  TIMED_OUT_COUNT,
  WAITED,
} from './flow/columns.ts';
import { IN_QUEUE, IN_SYSTEM } from './flow/data-plane.ts';
import type { LoadStatistics } from './flow/links.ts';
import { MICROSECONDS_PER_HOUR } from './kernel/units.ts';
import { imageCounts } from './ledger/image-counts.ts';
import { nodeCounts } from './ledger/node-counts.ts';
import { podLevels } from './ledger/pod-levels.ts';
import { restartCounts } from './ledger/restart-counts.ts';
import { vmCounts } from './ledger/vm-counts.ts';
import type { Model, ServiceModel } from './model.ts';
import type {
  CostItem,
  Counts,
  Latency,
  Outcome,
  QueueLevels,
  Series,
  ServiceOutcome,
  Wait,
} from './outcome.ts';
import type { Rows } from './series.ts';
import { timeToCapacity } from './shortfall.ts';
import type { Run } from './simulate.ts';
import {
  createHistogram,
  type Histogram,
  histogramQuantile,
  mergeHistogram,
} from './stats/histogram.ts';

export function evaluate(run: Run): CellResult {
  const { model } = run;
  const services: Record<string, ServiceOutcome> = {};
  const { carried } = run.warmup;
  const latency = createHistogram();
  const waits = createHistogram();
  for (const [i, service] of model.services.entries()) {
    const counts = countsOf([service.plane]);
    services[service.service.name] = {
      counts,
      latency: latencyOf(service.plane.latency),
      wait: waitOf(service.plane.waits, [service], carried[i] ?? 0),
      queue: queueOf(model, [service]),
      slo: attainment(model, counts),
    };
    mergeHistogram(latency, (service.fromLoads ?? service.plane).latency);
    mergeHistogram(waits, service.plane.waits);
  }
  const counts = countsOf(model.services.map(({ plane, fromLoads }) => fromLoads ?? plane));
  const cost = costOf(run);
  const completed = counts.served + counts.late + run.warmup.completed;
  const paid = cpuPaid(run);
  const used = sumOf(run.rows.cpuUsed, run.rows.length) * 1e-6;
  const spare = spareRoom(run, cost.items, paid);
  const outcome: Outcome = {
    strategy: model.strategy.name,
    replication: model.replication,
    counts,
    latency: latencyOf(latency),
    wait: waitOf(
      waits,
      model.services,
      carried.reduce((sum, count) => sum + count, 0),
    ),
    queue: queueOf(model, model.services),
    slo: attainment(model, counts),
    cost: { ...cost, perThousand: completed === 0 ? null : (cost.total * 1000) / completed },
    utilization: { used, paid, ratio: paid === 0 ? 0 : used / paid },
    capacity: {
      timeToCapacity: timeToCapacity(run.shortfall),
      shortfall: run.shortfall.total,
    },
    peak: run.peak,
    ...eventCounts(run),
    ...(spare !== null && { spareRoom: spare }),
    services,
  };
  return {
    outcome,
    series: seriesOf(run),
    decisions: run.ledger.decisions,
    nodeDecisions: run.ledger.nodeDecisions,
    pods: podLevels(run.ledger.pods, model.step, model.horizon),
    startup: startupOf(run),
    requests: requestTraces(model),
    cpuRequests: cpuRequests(run),
    notes: model.notes,
    flows: model.services.map(({ flow }) => flow),
  };
}

/** What happened to pods, nodes, images and VMs; what did not is absent. */
function eventCounts({
  ledger,
  model,
}: Run): Pick<Outcome, 'restarts' | 'nodes' | 'images' | 'vms'> {
  const restarts = restartCounts(ledger.pods);
  const images = imageCounts(ledger.images);
  const vms = vmCounts(ledger.vmCalls);
  return {
    ...(restarts !== null && { restarts }),
    ...(model.provision.kind === 'cluster' && { nodes: nodeCounts(ledger.nodes) }),
    ...(images && { images }),
    ...(vms && { vms }),
  };
}

function countsOf(parts: readonly LoadStatistics[]): Counts {
  const total = (k: number) => parts.reduce((sum, { counts }) => sum + counts[k], 0);
  return {
    offered: total(OFFERED),
    served: total(SERVED),
    late: total(LATE),
    timedOut: total(TIMED_OUT_COUNT),
    rejected: total(REJECTED),
    shed: 0,
    failed: total(FAILED),
    inFlight: parts.reduce((sum, { inFlight }) => sum + inFlight(), 0),
  };
}

/** Good requests among those whose fate is known at the end; nothing offered = attained. */
function attainment(model: Model, counts: Counts): { attainment: number; met: boolean } {
  const decided = counts.offered - counts.inFlight;
  const share = decided === 0 ? 1 : counts.served / decided;
  return { attainment: share, met: share >= model.scenario.objectives.attainment };
}

function latencyOf(histogram: Histogram): Latency {
  const [values, sum, max] = histogram.totals;
  return {
    mean: values === 0 ? null : sum / values,
    p50: histogramQuantile(histogram, 0.5),
    p90: histogramQuantile(histogram, 0.9),
    p95: histogramQuantile(histogram, 0.95),
    p99: histogramQuantile(histogram, 0.99),
    p999: histogramQuantile(histogram, 0.999),
    max: values === 0 ? null : max,
  };
}

/** `carried`: requests that had arrived, and perhaps waited, before the statistics began. */
function waitOf(waits: Histogram, services: readonly ServiceModel[], carried: number): Wait {
  const total = (k: number) => services.reduce((sum, { plane }) => sum + plane.counts[k], 0);
  const arrived = total(OFFERED) - carried;
  return { ...latencyOf(waits), share: arrived === 0 ? null : total(WAITED) / arrived };
}

function queueOf({ scenario, horizon }: Model, services: readonly ServiceModel[]): QueueLevels {
  const length = horizon - scenario.clock.warmup;
  const mean = (row: number) =>
    services.reduce((sum, { plane }) => sum + plane.integrals[row], 0) / length;
  return { meanLength: mean(IN_QUEUE), meanInSystem: mean(IN_SYSTEM) };
}

function sumOf(column: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += column[i];
  return sum;
}

/** Core-seconds of all machines that were paid for. */
function cpuPaid(run: Run): number {
  return paidMachines(run).reduce((sum, { usages, machines }) => {
    const time = usages.reduce((total, { from, to, count }) => total + (to - from) * count, 0);
    return sum + (time * 1e-6 * machines.instance.cpu) / 1000;
  }, 0);
}

function costOf(run: Run): { total: number; items: CostItem[] } {
  const { model } = run;
  const items = paidMachines(run).map((paid) => machineItem(paid, model.horizon));
  const fee = model.scenario.prices.controlPlane;
  if (model.provision.kind === 'cluster' && fee !== undefined) {
    items.push({
      item: 'control-plane',
      type: model.scenario.prices.name,
      plan: 'on-demand',
      hours: model.horizon / MICROSECONDS_PER_HOUR,
      perHour: fee.perHour,
      amount: amount(model.horizon, fee.perHour),
    });
  }
  return { total: items.reduce((sum, item) => sum + item.amount, 0), items };
}

function seriesOf(run: Run): Series {
  const { rows, model } = run;
  const column = (from: Float64Array) => Array.from(from.subarray(0, rows.length));
  const nullable = (from: Float64Array) => column(from).map((x) => (Number.isNaN(x) ? null : x));
  return {
    step: model.step,
    columns: {
      offered: column(rows.offered),
      completed: column(rows.completed),
      good: column(rows.good),
      timedOut: column(rows.timedOut),
      rejected: column(rows.rejected),
      failed: column(rows.failed),
      capacity: column(rows.capacity),
      desired: column(rows.desired),
      replicas: column(rows.replicas),
      ready: column(rows.ready),
      machines: column(rows.machines),
      waiting: column(rows.waiting),
      inSystem: column(rows.inSystem),
      utilization: utilizationColumn(run, rows),
      latencyP50: nullable(rows.latencyP50),
      latencyP99: nullable(rows.latencyP99),
      cost: costColumn(run, rows),
    },
  };
}

/** CPU used ÷ CPU paid in each row, the paid CPU taken from the leases. */
function utilizationColumn(run: Run, rows: Rows): number[] {
  const paid = paidMachines(run);
  const ratios: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    const from = row * rows.step;
    const to = Math.min(from + rows.step, run.model.horizon);
    let cpu = 0;
    for (const { usages, machines } of paid) {
      let time = 0;
      for (const usage of usages) {
        time += Math.max(0, Math.min(to, usage.to) - Math.max(from, usage.from)) * usage.count;
      }
      cpu += (time * machines.instance.cpu) / 1000;
    }
    ratios.push(cpu === 0 ? 0 : rows.cpuUsed[row] / cpu);
  }
  return ratios;
}

function costColumn(run: Run, rows: Rows): number[] {
  const paid = paidMachines(run);
  const { provision, scenario, horizon } = run.model;
  const fee = provision.kind === 'cluster' ? (scenario.prices.controlPlane?.perHour ?? 0) : 0;
  const costs: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    const until = Math.min((row + 1) * rows.step, horizon);
    let cost = amount(until, fee);
    for (const one of paid) cost += machineCost(one, until);
    costs.push(cost);
  }
  return costs;
}
