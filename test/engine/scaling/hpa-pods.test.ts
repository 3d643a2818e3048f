import { describe, expect, it } from 'vitest';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { GROUP, groupOf } from '../../../packages/engine/src/scaling/hpa-pods.ts';
import { podResourceRequest } from '../../../packages/engine/src/scaling/hpa-requests.ts';
import { observe, type PodScene } from './hpa-scenes.ts';

function group(pod: PodScene, cpu = true): string | undefined {
  const { pods, readings, now } = observe({ pods: [pod] });
  const [reading] = readings;
  if (reading?.kind !== 'samples') throw new Error('the scene has samples');
  const found = groupOf(pods, reading.samples, 0, cpu, DEFAULT_HPA_CONTROLLER, now);
  return Object.entries(GROUP).find(([, value]) => value === found)?.[0];
}

describe('the group of a pod', () => {
  it.each<[string, PodScene, string]>([
    ['terminating', { deleted: true, cpu: 1 }, 'ignored'],
    ['failed', { phase: 'failed', cpu: 1 }, 'ignored'],
    ['succeeded', { phase: 'succeeded', cpu: 1 }, 'ignored'],
    ['terminating while pending', { phase: 'pending', deleted: true }, 'ignored'],
    ['pending', { phase: 'pending', cpu: 1 }, 'unready'],
    ['not ready and without a sample', { ready: 'false', start: -9 }, 'missing'],
    ['without a Ready condition', { ready: 'none', cpu: 1 }, 'unready'],
    ['without a start time', { start: null, cpu: 1 }, 'unready'],
    ['of unknown readiness', { ready: 'unknown', cpu: 1 }, 'ready'],
    ['no longer ready', { ready: 'false', since: -5, cpu: 1 }, 'ready'],
    ['exactly 5 min old, sample too early', { start: -300, since: -5, cpu: 1 }, 'ready'],
    ['just younger, sample too early', { start: -299, since: -5, cpu: 1 }, 'unready'],
  ])('%s', (_, pod, expected) => {
    expect(group(pod)).toBe(expected);
  });

  it('does not ask for readiness where the resource is not cpu', () => {
    expect(group({ ready: 'none', start: null, cpu: 1 }, false)).toBe('ready');
  });
});

describe('what a pod requests', () => {
  const app = { name: 'app', requests: { cpu: 500 } };
  const proxy = { name: 'proxy', requests: { cpu: 200, memory: 7 } };

  it('sums containers and sidecars', () => {
    expect(podResourceRequest({ containers: [app], sidecars: [proxy] }, 'cpu')).toBe(700);
  });

  it('takes the pod-level request instead, but not for a named container', () => {
    const pod = { containers: [app, proxy], podRequests: { cpu: 3000 } };
    expect(podResourceRequest(pod, 'cpu')).toBe(3000);
    expect(podResourceRequest(pod, 'cpu', 'proxy')).toBe(200);
    expect(podResourceRequest(pod, 'memory')).toBe(7);
  });

  it('beside a pod-level request of another resource, containers may leave it out', () => {
    const podRequests = { memory: 9 };
    const bare = { name: 'bare', requests: {} };
    expect(podResourceRequest({ containers: [app, bare], podRequests }, 'cpu')).toBe(500);
    expect(podResourceRequest({ containers: [bare, bare], podRequests }, 'cpu')).toBeNaN();
  });

  it('a pod as a whole requests cpu, memory and huge pages, and nothing else', () => {
    const bare = { name: 'bare', requests: {} };
    const requests = (name: string) => ({ containers: [app, bare], podRequests: { [name]: 9 } });
    expect(podResourceRequest(requests('hugepages-2Mi'), 'cpu')).toBe(500);
    expect(podResourceRequest(requests('ephemeral-storage'), 'cpu')).toBeNaN();
    expect(podResourceRequest(requests('ephemeral-storage'), 'ephemeral-storage')).toBeNaN();
  });

  it('is unknown if a container has none, or the named one is not there', () => {
    const pod = { containers: [app, proxy] };
    expect(podResourceRequest(pod, 'memory')).toBeNaN();
    expect(podResourceRequest(pod, 'cpu', 'worker')).toBeNaN();
  });
});
