/**
 * The chain from "replica wanted" to the first request served:
 *
 *   wanted → created → bound → image present → started → app up → ready → routed
 *         (create, limit) (schedule)  (pull)  (container)  (app)  (probe) (endpoints)
 *
 * Each stage is a sampled delay behind the shared servers that make a crowd slower than a single
 * pod. This file has a pod's begin; pod-creation.ts, scheduling-cycle.ts, images.ts,
 * container-start.ts, probes.ts and endpoints.ts have the rest.
 */
import { nextUniform } from '../kernel/random.ts';
import { newLife } from '../ledger/ledger.ts';
import { enter } from './by-id.ts';
import { newContainer } from './container.ts';
import { clearPoints } from './cpu-points.ts';
import { drawPod } from './delays.ts';
import { notScheduled } from './scheduling-queue.ts';
import type { Deployment, Pod, World } from './world.ts';

/** A pod that the deployment wants from `now` on; it exists for nobody else yet. */
export function newPod(world: World, deployment: Deployment, now: number): Pod {
  const ordinal = deployment.nextOrdinal++;
  const life = newLife(deployment.model.service.name, ordinal, now);
  const pod: Pod = {
    id: world.pods.length,
    deployment,
    column: ordinal,
    life,
    draws: drawPod(deployment.startup),
    uid: nextUniform(deployment.uids),
    container: newContainer(deployment.containers),
    state: 'pending',
    node: null,
    scheduling: notScheduled(),
    isDoomed: false,
    deletionCost: 0,
    restarts: 0,
    unschedulableSince: null,
    pendingView: null,
    startTime: null,
    readySince: null,
  };
  clearPoints(pod);
  world.pods.push(pod);
  world.ledger.pods.push(life);
  enter(deployment.pods, pod);
  return pod;
}
