import { deterministic } from '../../../packages/engine/src/service/deterministic.ts';
import { describeLaw } from './law-contract.ts';

describeLaw('deterministic', deterministic, [
  { spec: { mean: 40_000 }, mean: 40_000, cv: 0, kurtosis: 0 },
  // Less than a µs is a µs.
  { spec: { mean: 0.3 }, mean: 1, cv: 0, kurtosis: 0 },
]);
