/**
 * ImageLocality: prefers nodes that have the image, the more the bigger it is and the more nodes
 * have it, so that the first node that has it does not draw all pods.
 *
 * @source kubernetes/kubernetes pkg/scheduler/framework/plugins/imagelocality/image_locality.go
 */
import { MAX_SCORE, type ScorePlugin } from './score.ts';

const MEBIBYTE = 2 ** 20;
const LOW = 23 * MEBIBYTE;
const HIGH = 1000 * MEBIBYTE;

export const imageLocality: ScorePlugin = {
  weight: 1,
  score: ({ imageSize }, { hasImage }, { nodes, nodesWithImage }) => {
    if (!hasImage) return 0;
    const spread = Math.floor((imageSize * nodesWithImage) / nodes);
    const bounded = Math.min(HIGH, Math.max(LOW, spread));
    return Math.floor((MAX_SCORE * (bounded - LOW)) / (HIGH - LOW));
  },
};
