/** Images: what is said of them twice, or together makes no sense. */
import {
  type CheckContext,
  isWritten,
  placeOf,
  type ServiceDraft,
  type StrategyDraft,
} from './draft.ts';
import { formatDuration } from './durations.ts';
import type { Service } from './scenario.ts';
import type { Path } from './source.ts';

type Startup = NonNullable<Extract<StrategyDraft, { startup?: unknown }>['startup']>;
type Layers = NonNullable<Startup['image']>['layers'];

export function checkServiceImage(service: ServiceDraft, path: Path, context: CheckContext): void {
  const { root, reporter } = context;
  const { image, fixed } = service;
  const at = [...path, 'image'];
  if (image === undefined) return;
  const hasSize = isWritten(root, [...at, 'size']);
  const hasLayers = isWritten(root, [...at, 'layers']);
  if (hasSize && hasLayers) {
    const problem = 'size and layers exclude each other';
    reporter.report('E_CONFLICT', placeOf(root, [...at, 'size']), { problem, hint: SUM });
  } else if (!hasSize && !hasLayers) {
    const facts = { problem: 'an image needs its size or its layers', hint: 'add size: 500MB' };
    reporter.report('E_REQUIRED', placeOf(root, at), facts);
  }
  if (fixed === undefined) return;
  const problem = 'no image of a service of fixed size is ever pulled';
  reporter.report('E_CONFLICT', placeOf(root, at), { problem, hint: 'remove image or fixed' });
}

const SUM = 'the size of an image with layers is their sum';

/** Of one strategy, with the images of the services. */
export function checkImages(
  startup: Startup | undefined,
  path: Path,
  context: CheckContext,
  services: readonly Service[],
): void {
  if (startup === undefined) return;
  checkSize(path, context, services);
  checkLayers(startup.image?.layers, path, context, services);
  checkPull(startup, path, context);
}

function checkSize(
  path: Path,
  { root, reporter }: CheckContext,
  services: readonly Service[],
): void {
  const at = [...path, 'image', 'size'];
  if (!isWritten(root, at)) return;
  if (isWritten(root, [...path, 'image', 'layers'])) {
    const problem = 'size and layers exclude each other';
    reporter.report('E_CONFLICT', placeOf(root, at), { problem, hint: SUM });
  }
  if (services.length === 0 || services.some(({ image }) => image === undefined)) return;
  reporter.report('E_CONFLICT', placeOf(root, at), {
    problem: 'this size means nothing: every service has an image of its own',
    hint: 'remove it, or the image of a service',
  });
}

/** A named layer is the same layer wherever it is named. */
function checkLayers(
  own: Layers,
  path: Path,
  { root, reporter }: CheckContext,
  services: readonly Service[],
): void {
  const sizes = new Map<string, string>();
  const images = services.map(({ name, image }) => ({
    layers: image?.layers as Layers,
    at: ['services', name, 'image', 'layers'] as Path,
  }));
  for (const { layers, at } of [...images, { layers: own, at: [...path, 'image', 'layers'] }]) {
    (layers ?? []).forEach((layer, i) => {
      if (layer?.name === undefined || layer.size === undefined) return;
      const size = `${layer.size} bytes`;
      const text =
        layer.compressed === undefined ? size : `${size}, ${layer.compressed} compressed`;
      const other = sizes.get(layer.name) ?? text;
      sizes.set(layer.name, other);
      if (other === text) return;
      const problem = `the shared layer ${layer.name} has two sizes`;
      const place = placeOf(root, [...at, i, 'size']);
      reporter.report('E_CONFLICT', place, { problem, got: text, allowed: other });
    });
  }
}

/** Field of `pull` → what excludes it. */
function checkPull(startup: Startup, path: Path, context: CheckContext): void {
  const { image, pull } = startup;
  if (pull === undefined) return;
  const { kubelet, mirror, peerToPeer, lazy, prePull, split } = pull;
  const exclude = (
    isWrong: boolean | undefined,
    field: readonly string[],
    problem: string,
    hint: string,
  ): void => {
    if (!isWrong) return;
    const place = placeOf(context.root, [...path, ...field]);
    context.reporter.report('E_CONFLICT', place, { problem, hint });
  };
  const parallel = kubelet?.maxParallelImagePulls ?? 1;
  exclude(
    kubelet?.serializeImagePulls && parallel > 1,
    ['pull', 'kubelet', 'maxParallelImagePulls'],
    'a node that serializes its pulls has no parallel ones',
    'add serializeImagePulls: false',
  );
  exclude(
    peerToPeer && mirror !== undefined,
    ['pull', 'mirror'],
    'with peerToPeer no layer comes from a mirror',
    'remove one of the two',
  );
  exclude(
    lazy !== undefined && (mirror !== undefined || split !== undefined || prePull !== undefined),
    ['pull', 'lazy'],
    'a lazy pull transfers nothing before the start: mirror, split and prePull mean nothing',
    'remove lazy, or the others',
  );
  exclude(
    image?.baked && prePull !== undefined,
    ['pull', 'prePull'],
    'every node has a baked image: there is nothing to pull',
    'remove prePull, or set image.baked: false',
  );
  exclude(
    split !== undefined && isWritten(context.root, [...path, 'image', 'rate']),
    ['image', 'rate'],
    'rate and pull.split exclude each other',
    'the rates of split replace it',
  );
  checkPrePull(prePull?.at, [...path, 'pull', 'prePull', 'at'], context);
}

function checkPrePull(
  at: number | undefined,
  path: Path,
  { draft, root, reporter }: CheckContext,
): void {
  const duration = draft.clock?.duration;
  if (at === undefined || duration === undefined || (at >= 0 && at < duration)) return;
  const text = formatDuration(Math.abs(at));
  reporter.report('E_RANGE', placeOf(root, path), {
    problem: at < 0 ? 'the pre-pull begins before the start' : 'the pre-pull begins after the end',
    got: at < 0 ? `${text} before the start` : `${text} after the start`,
    allowed: `from the start on, before ${formatDuration(duration)}`,
    ...(at < 0 ? { hint: 'image.cached: true means that the nodes have the images already' } : {}),
  });
}
